// Limits that every policy must keep to: what they stop, with the request that shows why, and what goes past them.

import { file, handedOut } from '../archive.ts';
import { expect, test } from '../fixtures.ts';
import type { Console } from '../console.ts';
import { damageRecord } from '../kept.ts';

const REASON = 'The old server is moving house';
const DEMAND = 'No token may DELETE repository.';

test('a guardrail breach stops a bulk act, and only a reason goes past it', async ({ tollgate, page }) => {
  await begin(tollgate, ['Mirror', 'Dashboard']);
  await tollgate.visit('Guardrails');
  await expect(page.getByRole('heading', { name: 'No guardrail yet' })).toBeVisible();
  await tollgate.guardRepositories();
  await expect(tollgate.guardrails).toContainText('The 2 tokens that it covers all keep to it.');

  await tollgate.visit('Tokens');
  await tollgate.select('Mirror');
  await tollgate.select('Dashboard');
  const dialog = tollgate.dialog('Change the policy of 2 tokens?');

  await test.step('a policy that keeps to it can be given', async () => {
    await tollgate.selection.getByRole('button', { name: 'Change policy', exact: true }).click();
    await expect(dialog).toContainText('Nothing would change: every picked token is like that already');
    await dialog.getByRole('radio', { name: /^Post reviews/ }).check();
    await expect(dialog).toContainText('2 tokens get this policy.');
    await expect(tollgate.stops).toHaveCount(0);
    await expect(dialog.getByRole('button', { name: 'Change 2 tokens', exact: true })).toBeEnabled();
  });

  const override = dialog.getByRole('button', { name: 'Override and change 2 tokens', exact: true });
  await test.step('one that breaks it cannot, and the request says why', async () => {
    await dialog.getByRole('radio', { name: /^Everything/ }).check();
    await expect(tollgate.stops).toHaveCount(1);
    await expect(tollgate.stops).toContainText(DEMAND);
    await expect(tollgate.stops).toContainText(/Token 1 of ci-bot: DELETE repository( \S+)? is allowed: /);
    await expect(override).toBeDisabled();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
    await tollgate.visit('Guardrails');
    await expect(tollgate.guardrails).toContainText('The 2 tokens that it covers all keep to it.');
  });

  await test.step('a reason goes past it, and stands in the record', async () => {
    await tollgate.visit('Tokens');
    await tollgate.select('Mirror');
    await tollgate.select('Dashboard');
    await tollgate.selection.getByRole('button', { name: 'Change policy', exact: true }).click();
    await expect(dialog.getByRole('radio', { name: /^Read everything/ })).toBeChecked();
    await dialog.getByRole('radio', { name: /^Everything/ }).check();
    await tollgate.overridingReason.fill(REASON);
    await override.click();
    await expect(tollgate.answer('2 tokens have the policy now')).toBeVisible();
    await tollgate.visit('Activity');
    const entry = tollgate.entries.filter({ hasText: REASON });
    await expect(entry).toContainText('Changed the policy of 2 tokens, past the guardrail No DELETE on repository');
    await tollgate.visit('Guardrails');
    await expect(tollgate.guardrails).toContainText('2 of the 2 tokens that it covers break it now.');
    await expect(tollgate.guardrails).toContainText('Token 1: DELETE repository');
  });
});

test('a token that would break a guardrail is made only for a reason', async ({ tollgate, page }) => {
  await begin(tollgate, []);
  await tollgate.guardRepositories();
  await tollgate.open('/tokens/new');
  await page.getByLabel('Note').fill('Janitor');
  const create = tollgate.button('Create token');
  await expect(create).toBeEnabled();

  await page.getByRole('radio', { name: /^Everything/ }).check();
  await expect(tollgate.stops).toContainText(DEMAND);
  await expect(tollgate.stops).toContainText('A new token of ci-bot: DELETE repository');
  await expect(create).toBeDisabled();
  const override = tollgate.button('Override and create');
  await expect(override).toBeDisabled();

  await page.getByRole('radio', { name: /^Read everything/ }).check();
  await expect(tollgate.stops).toHaveCount(0);
  await expect(create).toBeEnabled();

  await page.getByRole('radio', { name: /^Everything/ }).check();
  await tollgate.overridingReason.fill(REASON);
  await override.click();
  await tollgate.shownSecret();
  await tollgate.dismissSecret();
  await tollgate.visit('Activity');
  const entry = tollgate.entries.filter({ hasText: REASON });
  await expect(entry).toContainText('Made for ci-bot: Janitor, past the guardrail');
});

test('an edit and a client keep to a guardrail, too', async ({ tollgate }) => {
  await begin(tollgate, ['Mirror']);
  await tollgate.guardRepositories();
  await tollgate.openToken('Mirror');
  await tollgate.button('Edit').click();
  const dialog = tollgate.dialog('Edit token 1');
  await tollgate.policyText.fill('{}');
  await expect(tollgate.stops).toContainText('Token 1 of ci-bot: DELETE repository');
  await expect(tollgate.change('What it may do')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  await tollgate.overridingReason.fill(REASON);
  await dialog.getByRole('button', { name: 'Override and save', exact: true }).click();
  await expect(tollgate.answer('1 token changed')).toBeVisible();

  await tollgate.askForClient('RBTools');
  await tollgate.page.getByRole('radio', { name: /^Everything/ }).check();
  await expect(tollgate.stops).toContainText('A new token of ci-bot: DELETE repository');
  await expect(tollgate.button('Make the token')).toBeDisabled();
  await tollgate.overridingReason.fill(REASON);
  await tollgate.button('Override and make the token').click();
  await tollgate.shownSecret();
});

test('a later expiry brings no token back past a guardrail, but for a reason', async ({ tollgate, page }) => {
  await begin(tollgate, []);
  await tollgate.makeToken({ note: 'Janitor', policy: 'Everything' });
  await tollgate.dismissSecret();
  await tollgate.guardRepositories();
  await page.clock.setFixedTime(Date.now() + 100 * 86_400_000);
  await tollgate.reload();
  await tollgate.visit('Tokens');
  await expect(tollgate.row('Janitor')).toContainText('Expired');

  await tollgate.select('Janitor');
  await tollgate.selection.getByRole('button', { name: 'Change expiry' }).click();
  const dialog = tollgate.dialog('Change the expiry of 1 token?');
  await expect(dialog).toContainText(DEMAND);
  await expect(tollgate.stops).toContainText('Token 1 of ci-bot: DELETE repository');
  await expect(tollgate.change('Token 1, ci-bot')).toContainText('UTC');
  const override = dialog.getByRole('button', { name: 'Override and change 1 token', exact: true });
  await expect(override).toBeDisabled();
  await tollgate.overridingReason.fill(REASON);
  await override.click();
  await expect(tollgate.answer('1 token changed')).toBeVisible();
  await expect(tollgate.row('Janitor')).toContainText('Active');
  await tollgate.visit('Activity');
  await expect(tollgate.entries.filter({ hasText: REASON })).toContainText('past the guardrail No DELETE on repository');
});

test('undoing brings nothing back that a guardrail forbids since, but for a reason', async ({ tollgate }) => {
  await begin(tollgate, []);
  await tollgate.makeToken({ note: 'Janitor', policy: 'Everything' });
  await tollgate.dismissSecret();
  await tollgate.openToken('Janitor');
  await tollgate.button('Edit').click();
  await tollgate.policyText.fill('{"resources": {"*": {"block": ["DELETE"]}}}');
  await tollgate.dialog('Edit token 1').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(tollgate.answer('1 token changed')).toBeVisible();
  await tollgate.guardRepositories();

  await tollgate.visit('Activity');
  const entry = tollgate.entries.filter({ hasText: 'Changed the policy' });
  const question = tollgate.dialog('Undo past a guardrail?');
  await entry.getByRole('button', { name: /^Undo entry/ }).click();
  await expect(question).toContainText(DEMAND);
  await expect(tollgate.stops).toContainText('Token 1 of ci-bot: DELETE repository');
  const override = question.getByRole('button', { name: 'Override and undo', exact: true });
  await expect(override).toBeDisabled();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toBeHidden();

  await entry.getByRole('button', { name: /^Undo entry/ }).click();
  await tollgate.overridingReason.fill(REASON);
  await override.click();
  await expect(tollgate.answer('1 token is as before')).toBeVisible();
  const undone = tollgate.entries.filter({ hasText: REASON });
  await expect(undone).toContainText('Changed back the policy, past the guardrail');
});

test('an uncertain token is not trusted past a guardrail, but for a reason', async ({ tollgate, page }) => {
  await begin(tollgate, []);
  await tollgate.makeToken({ note: 'Janitor', policy: 'Everything' });
  await tollgate.dismissSecret();
  await tollgate.guardRepositories();
  await tollgate.addUser('lost');
  await tollgate.addUser('kept');
  await damageRecord(page, 1);
  await tollgate.reload();
  await tollgate.visit('Activity');
  await tollgate.button('Record a repair').click();
  await expect(tollgate.stops).toContainText('Token 1 of ci-bot: DELETE repository');
  await expect(tollgate.button('Trust them again')).toBeDisabled();
  await tollgate.overridingReason.fill(REASON);
  await tollgate.button('Override and trust them again').click();
  await expect(tollgate.answer('1 token is trusted again')).toBeVisible();
  const entry = tollgate.entries.filter({ hasText: REASON });
  await expect(entry).toContainText('Trusted 1 token again, past the guardrail No DELETE on repository');
});

test('what a file brings keeps to a guardrail, but for a reason', async ({ tollgate, page }) => {
  const sample = page.getByText('This is sample data, in a workspace of its own.');
  await tollgate.open();
  await tollgate.button('Load sample data').click();
  await expect(sample).toBeVisible();
  await tollgate.ready();
  await tollgate.visit('Settings');
  const { text } = await handedOut(page, () => tollgate.button('Export this workspace').click());
  await tollgate.button('Back to your own').first().click();
  await expect(sample).toBeHidden();
  await tollgate.ready();
  await tollgate.guardRepositories();

  await tollgate.visit('Settings');
  await page.getByLabel('Import…', { exact: true }).setInputFiles(file('sample.json', text));
  const dialog = tollgate.dialog('Import sample.json?');
  const merge = dialog.getByRole('button', { name: 'Override and merge', exact: true });
  await expect(tollgate.stops).toContainText(DEMAND);
  await expect(merge).toBeDisabled();
  await page.getByRole('radio', { name: /^Replace/ }).check();
  await expect(tollgate.stops).toHaveCount(0);
  await expect(dialog).toContainText('1 guardrail is only here, and then down.');
  await page.getByRole('radio', { name: /^Merge/ }).check();
  await tollgate.overridingReason.fill(REASON);
  await merge.click();
  await expect(tollgate.answer(/taken over from the file$/)).toBeVisible();
  await tollgate.visit('Activity');
  const entry = tollgate.entries.filter({ hasText: REASON });
  await expect(entry).toContainText('past the guardrail No DELETE on repository');
});

test('a guardrail is tried before it is put up, taken down, and put up again', async ({ tollgate, page }) => {
  await begin(tollgate, []);
  await tollgate.addSite('acme');
  await tollgate.makeToken({ note: 'Janitor', policy: 'Everything' });
  await tollgate.dismissSecret();
  await tollgate.visit('Guardrails');

  await test.step('the form says what it means, and what it would find', async () => {
    await expect(page.getByText('No token may DELETE repository.', { exact: true })).toBeVisible();
    const finds = page.getByRole('status', { name: 'What it would find' });
    await expect(finds).toContainText('The one token that it covers breaks it now. Token 1: DELETE repository');
    await page.getByLabel('Local Site').selectOption('acme');
    await expect(page.getByText('No token in site acme may DELETE repository.', { exact: true })).toBeVisible();
    await expect(finds).toContainText('No token that works now is covered.');
    await page.getByLabel('Requests for').selectOption('One item…');
    await expect(page.getByText('Say which item.')).toBeVisible();
    await page.getByLabel('Item id').fill('7');
    await page.getByRole('checkbox', { name: 'PUT', exact: true }).check();
    await expect(page.getByText('No token in site acme may PUT or DELETE item 7 of repository.')).toBeVisible();
  });

  await test.step('it is put up, and not twice', async () => {
    await page.getByLabel('Why it is there').fill('audited');
    await tollgate.button('Put it up').click();
    await expect(tollgate.guardrails).toHaveCount(1);
    await expect(tollgate.guardrails).toContainText('audited');
    await expect(tollgate.answer('The guardrail is up')).toBeVisible();
    await page.getByLabel('Item id').fill('7');
    await tollgate.button('Put it up').click();
    await expect(page.getByRole('alert')).toContainText('Nothing was put up: a guardrail is like that already');
  });

  await test.step('it is taken down, and comes back', async () => {
    await tollgate.button('Take down No PUT, DELETE on repository').click();
    await expect(page.getByRole('heading', { name: 'No guardrail yet' })).toBeVisible();
    await page.getByLabel('Why it is there').fill('the next one');
    await tollgate.button('Put it up again').click();
    await expect(tollgate.guardrails).toContainText('audited');
    await expect(page.getByLabel('Why it is there')).toHaveValue('the next one');
    await tollgate.reload();
    await expect(tollgate.guardrails).toHaveCount(1);
  });
});

test('the workbench says which guardrails a text breaks, and by which rule', async ({ tollgate, page }) => {
  await begin(tollgate, []);
  await tollgate.guardRepositories();
  await tollgate.visit('Policies');
  const broken = page.getByRole('list', { name: 'Guardrails that it breaks' }).getByRole('listitem');
  await tollgate.policyText.fill('{"resources": {"*": {"block": ["*"]}, "repository": {"7": {"allow": ["DELETE"]}}}}');
  await expect(broken).toHaveCount(1);
  await expect(broken).toContainText(DEMAND);
  await expect(broken).toContainText('DELETE repository 7 is allowed: ');
  await expect(broken).toContainText('the rules for this item allow the method by name.');
  await expect(broken.getByRole('button', { name: 'line 1, column 70' })).toBeVisible();
  await tollgate.policyText.fill('{"resources": {"*": {"block": ["DELETE"]}}}');
  await expect(broken).toHaveCount(0);

  // Above 64 KiB the worker looks at it.
  await tollgate.policyText.fill(`{${' '.repeat(70_000)}}`);
  await expect(broken).toContainText('is allowed: no rule says anything, and the default is to allow.');
});

/** A user with tokens that may read everything. */
async function begin(tollgate: Console, notes: string[]): Promise<void> {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  for (const note of notes) {
    await tollgate.makeToken({ note, policy: 'Read everything' });
    await tollgate.dismissSecret();
  }
}
