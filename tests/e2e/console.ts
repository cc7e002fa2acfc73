// The console in the words that a user reads: what can be seen and pressed, and nothing of what lies behind.

import { expect, type Locator, type Page } from '@playwright/test';

/** The places of the navigation, by name. */
export const PLACES = {
  Overview: '/',
  Tokens: '/tokens',
  Policies: '/policies',
  Guardrails: '/guardrails',
  Library: '/library',
  Catalog: '/catalog',
  People: '/people',
  Activity: '/activity',
  Settings: '/settings',
} as const;

export type Place = keyof typeof PLACES;

/** The sides of the workbench. */
export type Side = 'Meaning' | 'Explain' | 'Compare' | 'Lint' | 'Tests';

/** What a new token is asked for. */
export interface Wish {
  note: string;
  /** The name of a choice in the form. */
  policy: 'Read everything' | 'Post reviews' | 'One repository' | 'Everything' | 'Custom';
}

/** One page of the console. */
export class Console {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens a place by its address and waits until it can be used. */
  async open(path = '/'): Promise<void> {
    await this.page.goto(path);
    await this.ready();
  }

  /** Waits until a page of the console is shown. */
  async ready(): Promise<void> {
    await expect(this.statusBar).toBeVisible();
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Goes to a place through the navigation. */
  async visit(place: Place): Promise<void> {
    const navigation = this.page.getByRole('navigation', { name: 'Main' });
    await navigation.getByRole('link', { name: new RegExp(`^${place}\\b`) }).click();
    await expect(this.title(place)).toBeVisible();
  }

  title(words: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name: words, exact: true });
  }

  button(words: string): Locator {
    return this.page.getByRole('button', { name: words, exact: true });
  }

  link(words: string): Locator {
    return this.page.getByRole('link', { name: words, exact: true });
  }

  /** A short answer to an act. */
  answer(words: string | RegExp): Locator {
    return this.page.getByRole('status').getByText(words);
  }

  /** A question or a form over the page. */
  dialog(words: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name: words, exact: true });
  }

  /** The line that is always there and says where the data is. */
  get statusBar(): Locator {
    return this.page.getByRole('contentinfo', { name: 'Where your data is' });
  }

  // People

  /** Adds a user, from anywhere. */
  async addUser(name: string): Promise<void> {
    await this.visit('People');
    await this.typeUser(name);
    await expect(this.user(name)).toBeVisible();
  }

  /** Fills the form for a new user and presses its button. */
  async typeUser(name: string): Promise<void> {
    await this.page.getByLabel('Login name').fill(name);
    await this.button('Add user').click();
  }

  /** Adds a Local Site, from anywhere. */
  async addSite(name: string): Promise<void> {
    await this.visit('People');
    await this.page.getByLabel('Site name').fill(name);
    await this.button('Add site').click();
    const sites = this.page.getByRole('group', { name: 'Local Sites' });
    await expect(sites.getByRole('link', { name, exact: true })).toBeVisible();
  }

  user(name: string): Locator {
    return this.page.getByRole('group', { name: 'Users' }).getByRole('link', { name, exact: true });
  }

  // Tokens

  /** Makes a token for the user that the form offers first, and answers its secret, which is then shown. */
  async makeToken(wish: Wish): Promise<string> {
    await this.visit('Tokens');
    await this.link('New token').first().click();
    await expect(this.title('New token')).toBeVisible();
    await this.page.getByLabel('Note').fill(wish.note);
    await this.page.getByRole('radio', { name: new RegExp(`^${wish.policy}`) }).check();
    await this.button('Create token').click();
    return this.shownSecret();
  }

  get secret(): Locator {
    return this.page.getByRole('status', { name: 'Secret' });
  }

  async shownSecret(): Promise<string> {
    await expect(this.secret).toHaveText(/^rbp_[0-9A-Za-z]{251}$/);
    return (await this.secret.textContent()) ?? '';
  }

  /** Says that the secret is stored elsewhere and leaves it for good. */
  async dismissSecret(): Promise<void> {
    await this.page.getByRole('checkbox', { name: /^I have stored it/ }).check();
    await this.button('Done').click();
    await expect(this.secret).toBeHidden();
    await expect(this.title('Tokens')).toBeVisible();
  }

  get list(): Locator {
    return this.page.getByRole('grid', { name: 'Tokens' });
  }

  /** The row of a token. */
  row(note: string): Locator {
    return this.list.getByRole('row').filter({ has: this.page.getByRole('link', { name: note, exact: true }) });
  }

  /** The panel of a token, beside the list. */
  panel(note: string): Locator {
    return this.page.getByRole('complementary', { name: note });
  }

  /** Opens the page of a token, from anywhere. */
  async openToken(note: string): Promise<void> {
    await this.visit('Tokens');
    await this.row(note).getByRole('link', { name: note, exact: true }).click();
    await expect(this.page.getByRole('heading', { level: 2, name: note, exact: true })).toBeVisible();
    await expect(this.title(/^Token \d+$/)).toBeVisible();
  }

  /** Selects a row, or lets it go, by its box. */
  async select(note: string): Promise<void> {
    await this.page.getByRole('checkbox', { name: `Select ${note}`, exact: true }).click();
  }

  /** The bar of what can be done with the selected rows. */
  get selection(): Locator {
    return this.page.getByRole('region', { name: 'Selected tokens' });
  }

  /** Invalidates the token that is shown, with a reason. */
  async invalidate(reason: string): Promise<void> {
    await this.button('Invalidate').click();
    const dialog = this.page.getByRole('dialog', { name: /^Invalidate/ });
    await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByRole('button', { name: 'Invalidate', exact: true }).click();
    await expect(dialog).toBeHidden();
  }

  /** Answers the question that is asked before tokens come back: yes. */
  async bringBack(): Promise<void> {
    const question = this.dialog(/^Bring .+ back\?$/);
    await question.getByRole('button', { name: 'Bring back', exact: true }).click();
    await expect(question).toBeHidden();
  }

  /** What the dialog that is open says it changes: the line of one thing, with what is now and what will be. */
  change(words: string): Locator {
    const changes = this.page.getByRole('dialog').getByRole('table', { name: 'What changes' });
    const head = this.page.getByRole('rowheader', { name: words, exact: true });
    return changes.getByRole('row').filter({ has: head });
  }

  // Clients

  /** Opens the form that hands a client its token, from anywhere, and names the client. */
  async askForClient(name: string): Promise<void> {
    await this.visit('Tokens');
    await this.link('New token').first().click();
    await this.link('Token for a client').click();
    await expect(this.title('Token for a client')).toBeVisible();
    await this.page.getByLabel('Client name').fill(name);
  }

  /** What the client would get, and why. */
  get foreseen(): Locator {
    return this.page.getByRole('region', { name: 'What the client gets' });
  }

  /** The tokens that it would not get, each with its reason. */
  get passedOver(): Locator {
    return this.foreseen.getByRole('list', { name: 'Passed over' }).getByRole('listitem');
  }

  // Look-ups

  /** Looks a text up, from anywhere. */
  async lookUp(text: string): Promise<void> {
    await this.visit('Tokens');
    await this.link('Look up a token').click();
    await expect(this.title('Look up a token')).toBeVisible();
    await this.pasted.fill(text);
    await this.button('Look up').click();
    await expect(this.pasted).toHaveValue('');
  }

  /** The line that a text is pasted into. */
  get pasted(): Locator {
    return this.page.getByLabel('Token, header or last four characters');
  }

  /** The tokens that were found. */
  get found(): Locator {
    return this.page.getByRole('list', { name: 'Tokens found' }).getByRole('listitem');
  }

  // The library

  /** The policies of the library. */
  get library(): Locator {
    return this.page.getByRole('grid', { name: 'Policies' });
  }

  /** The row of a policy of the library. */
  policyRow(name: string): Locator {
    return this.library.getByRole('row').filter({ has: this.page.getByRole('link', { name, exact: true }) });
  }

  /** Puts a template into the library under its own name, from anywhere, and goes to its page. */
  async addTemplate(name: string): Promise<void> {
    await this.visit('Library');
    await this.page.getByRole('navigation', { name: 'Parts of the library' }).getByRole('link', { name: 'Templates' }).click();
    await this.button(`Add to library: ${name}`).click();
    const dialog = this.dialog('Add to the library');
    await expect(dialog.getByLabel('Name')).toHaveValue(name);
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(this.title(name)).toBeVisible();
  }

  /** Opens a policy of the library, from anywhere. */
  async openPolicy(name: string): Promise<void> {
    await this.visit('Library');
    await this.policyRow(name).getByRole('link', { name, exact: true }).click();
    await expect(this.title(name)).toBeVisible();
  }

  // Policies

  get method(): Locator {
    return this.page.getByRole('combobox', { name: 'Method', exact: true });
  }

  get request(): Locator {
    return this.page.getByRole('textbox', { name: 'Request', exact: true });
  }

  /** Opens a side of the workbench. */
  async side(name: Side): Promise<void> {
    await this.page.getByRole('tab', { name: new RegExp(`^${name}\\b`) }).click();
    await expect(this.sidePanel(name)).toBeVisible();
  }

  /** What a side of the workbench shows. */
  sidePanel(name: Side): Locator {
    return this.page.getByRole('tabpanel', { name: new RegExp(`^${name}\\b`) });
  }

  /** Asks what a request gets. */
  async tryRequest(method: string, path: string): Promise<void> {
    await this.side('Explain');
    await this.method.selectOption(method);
    await this.request.fill(path);
  }

  /** The verdict and the rules that were asked. */
  get trail(): Locator {
    return this.sidePanel('Explain');
  }

  /** The rule that decided. */
  get decidingRule(): Locator {
    return this.trail.getByRole('listitem').filter({ hasText: 'This decides' });
  }

  get policyText(): Locator {
    return this.page.getByRole('textbox', { name: 'Policy as JSON' });
  }

  /** Waits until the richer editor has taken the plain one's place. */
  async editorIsHere(): Promise<void> {
    await expect(this.policyText).toHaveAttribute('contenteditable', 'true');
  }

  /** The text of a policy, as somebody gets it who copies all of it. */
  async policyWritten(): Promise<string> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.policyText.press('Control+a');
    await this.policyText.press('Control+c');
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** What is found in the policy, a finding each. */
  get policyFindings(): Locator {
    return this.page.getByRole('list', { name: 'Findings' }).getByRole('listitem');
  }

  // Guardrails

  /** The guardrails that are up. */
  get guardrails(): Locator {
    return this.page.getByRole('list', { name: 'Guardrails', exact: true }).getByRole('listitem');
  }

  /** Puts up the guardrail that an empty list offers, from anywhere: no token may DELETE repository. */
  async guardRepositories(): Promise<void> {
    await this.visit('Guardrails');
    await this.button('Add the example').click();
    await expect(this.guardrails).toContainText('No token may DELETE repository.');
  }

  /** The guardrails in the way of an act, each with the request that shows it. */
  get stops(): Locator {
    return this.page.getByRole('list', { name: 'Guardrails in the way' }).getByRole('listitem');
  }

  /** Why an act shall go past the guardrails in its way. */
  get overridingReason(): Locator {
    return this.page.getByLabel('Reason for overriding');
  }

  /** Everything that the page says about one thing or all of them, as terms and what they mean. */
  async facts(): Promise<Record<string, string>> {
    const facts = await this.page.getByRole('main').evaluate((main) => {
      const words = (node: Element) => {
        const copy = node.cloneNode(true) as Element;
        // Words such as "4 min ago" change by themselves; the instant does not.
        copy.querySelectorAll('time').forEach((time) => time.replaceChildren(time.dateTime));
        return copy.textContent?.trim() ?? '';
      };
      const terms = [...main.querySelectorAll('dt')];
      return terms.map((term): [string, string] => [words(term), words(term.nextElementSibling ?? term)]);
    });
    return Object.fromEntries(facts);
  }

  /** The words of a part of the page, with instants instead of "4 min ago". */
  async words(part: Locator): Promise<string> {
    return part.evaluate((node) => {
      const copy = node.cloneNode(true) as Element;
      copy.querySelectorAll('time').forEach((time) => time.replaceChildren(time.dateTime));
      return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
    });
  }

  /** The entries of the record, newest first. */
  get entries(): Locator {
    const items = this.page.getByRole('main').getByRole('listitem');
    return items.filter({ has: this.page.getByRole('time') });
  }
}
