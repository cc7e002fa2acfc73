// Every page, with and without data, in light and dark, wide and narrow: no violation that axe can find, and nothing
// that has to be scrolled sideways.

import axe from 'axe-core';
import { file, handedOut } from '../archive.ts';
import { expect, test } from '../fixtures.ts';
import { PLACES, type Console } from '../console.ts';
import { PASSPHRASE, createVault, deleteVault, keepToken } from '../vault.ts';
import type { Page } from '@playwright/test';

const WIDE = { width: 1440, height: 900 };
const MEDIUM = { width: 1024, height: 768 };
const NARROW = { width: 400, height: 800 };

/** Pages that look different once there is something in them, and how to get to them. */
const PAGES: Record<string, (tollgate: Console) => Promise<void>> = {
  ...Object.fromEntries(Object.entries(PLACES).map(([place, path]) => [place, (tollgate) => tollgate.open(path)])),
  'New token': (tollgate) => tollgate.open('/tokens/new'),
  'Token for a client': (tollgate) => tollgate.open('/tokens/client'),
  'Look up a token': (tollgate) => tollgate.open('/lookup'),
  'A token that is not there': (tollgate) => tollgate.open(`/tokens/${'0'.repeat(32)}`),
  'Not found': (tollgate) => tollgate.open('/nowhere'),
};

for (const [name, visit] of Object.entries(PAGES)) {
  test(`${name}, empty`, async ({ tollgate, page }) => {
    await visit(tollgate);
    await expectAccessible(page);
  });

  test(`${name}, with data`, async ({ tollgate, page }) => {
    await loadSampleData(tollgate);
    await visit(tollgate);
    await expectAccessible(page);
  });
}

test('A token', async ({ tollgate, page }) => {
  await loadSampleData(tollgate);
  await tollgate.visit('Tokens');
  await tollgate.list.getByRole('link').first().click();
  await expect(tollgate.title(/^Token \d+$/)).toBeVisible();
  await expectAccessible(page);
});

test('what opens over and beside a page', async ({ tollgate, page }) => {
  await loadSampleData(tollgate);

  await test.step('the panel and the bar of a selection', async () => {
    // A policy with many resources of long names, which the panel has to fit in.
    await tollgate.open('/tokens?q=linux+3');
    await expect(tollgate.row('build farm, linux 3')).toBeVisible();
    await tollgate.list.focus();
    await page.keyboard.press('Enter');
    await expect(tollgate.panel('build farm, linux 3')).toBeVisible();
    const note = await tollgate.row('build farm, linux 3').getByRole('link').boundingBox();
    expect.soft(note?.width, 'pixels that the panel leaves for the note').toBeGreaterThan(60);
    await page.keyboard.press('Space');
    await expect(page.getByRole('region', { name: 'Selected tokens' })).toBeVisible();
    await expectAccessible(page);
  });
  await test.step('the dialog that asks for a reason', async () => {
    await page.getByRole('region', { name: 'Selected tokens' }).getByRole('button', { name: 'Invalidate' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Invalidate 1 token' }).click();
    await expect(tollgate.answer('1 token invalidated')).toBeVisible();
    await expectAccessible(page);
  });
  await test.step('the palette', async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Search or act' })).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    // A key that is pressed before the palette is gone still belongs to its field.
    await expect(page.getByRole('combobox', { name: 'Search or act' })).toBeHidden();
  });
  await test.step('the list of keys', async () => {
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
  });
  await test.step('the navigation of a narrow window', async () => {
    await page.setViewportSize(NARROW);
    await tollgate.button('Menu').click();
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
    await expectAccessible(page, [NARROW]);
  });
});

test('what asks before an act on a token', async ({ tollgate, page }) => {
  await loadSampleData(tollgate);
  await tollgate.open('/tokens?q=state:live');
  await tollgate.list.getByRole('link').first().click();
  await expect(tollgate.title(/^Token \d+$/)).toBeVisible();
  const { pathname } = new URL(page.url());

  await test.step('the form that edits it', async () => {
    await tollgate.button('Edit').click();
    const dialog = tollgate.dialog(/^Edit token/);
    await dialog.getByLabel('Note', { exact: true }).fill('Looked at');
    await dialog.getByRole('radio', { name: 'Never', exact: true }).check();
    await dialog.getByLabel('Why it never expires').fill('to be looked at');
    await expect(tollgate.change('Expires')).toBeVisible();
    await expectAccessible(page);
    await tollgate.policyText.fill('{"resources": {"review": {"*": {"allow": ["get"]}}, "nothing": 1}');
    await expect(dialog.getByRole('listitem').first()).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
  });
  await test.step('the question before it is deleted', async () => {
    await tollgate.button('Delete').click();
    await expect(tollgate.dialog(/^Delete token/)).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
  });
  await test.step('the form that rotates it, and the secret', async () => {
    await tollgate.button('Rotate').click();
    const dialog = tollgate.dialog(/^Rotate token/);
    await expect(dialog).toContainText('its successor works from now until');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Rotate and show the secret' }).click();
    await tollgate.shownSecret();
    await expectAccessible(page);
    await page.getByRole('checkbox', { name: /^I have stored it/ }).check();
    await tollgate.button('Done').click();
    await expect(dialog).toBeHidden();
  });
  await test.step('the question before it is brought back', async () => {
    await tollgate.invalidate('to be looked at');
    await tollgate.button('Undo the invalidation').click();
    await expect(tollgate.dialog('Bring 1 token back?')).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
  });
  await test.step('what is left of it', async () => {
    await tollgate.button('Delete').click();
    const dialog = tollgate.dialog(/^Delete token/);
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(tollgate.title('Tokens')).toBeVisible();
    await tollgate.open(pathname);
    await expect(page.getByRole('heading', { level: 2, name: /was deleted$/ })).toBeVisible();
    await expectAccessible(page);
  });
});

test('what asks before an act on many tokens, or on all', async ({ tollgate, page }) => {
  await loadSampleData(tollgate);
  await tollgate.visit('Tokens');
  await page.getByRole('checkbox', { name: 'Select all shown' }).click();
  const questions = { 'Change expiry': /^Change the expiry of/, Delete: /^Delete/ };
  for (const [act, name] of Object.entries(questions)) {
    await test.step(act, async () => {
      await tollgate.selection.getByRole('button', { name: act, exact: true }).click();
      await expect(tollgate.dialog(name)).toContainText(/and \d+ more tokens/);
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await expect(tollgate.dialog(name)).toBeHidden();
    });
  }
  await test.step('everybody’s', async () => {
    await tollgate.visit('Settings');
    await tollgate.button('Invalidate every token…').click();
    await expect(tollgate.dialog('Invalidate every token of everybody?')).toBeVisible();
    await expectAccessible(page);
  });
});

test('guardrails, and what they stop', async ({ tollgate, page }) => {
  await loadSampleData(tollgate);
  await tollgate.guardRepositories();
  await tollgate.button('Take down No DELETE on repository').click();
  await expect(tollgate.button('Put it up again')).toBeVisible();
  await expectAccessible(page);
  await tollgate.button('Put it up again').click();
  await expect(tollgate.guardrails).toHaveCount(1);
  await expectAccessible(page);

  await test.step('a new token', async () => {
    await tollgate.open('/tokens/new');
    await page.getByRole('radio', { name: /^Everything/ }).check();
    await expect(tollgate.stops).toHaveCount(1);
    await expectAccessible(page);
  });
  await test.step('the workbench', async () => {
    await tollgate.open('/policies');
    await tollgate.policyText.fill('{"resources": {"repository": {"7": {"allow": ["DELETE"]}}}}');
    await expect(page.getByRole('list', { name: 'Guardrails that it breaks' })).toBeVisible();
    await expectAccessible(page);
  });
  await test.step('many tokens', async () => {
    await tollgate.open('/tokens?q=state:live');
    await page.getByRole('checkbox', { name: 'Select all shown' }).click();
    await tollgate.selection.getByRole('button', { name: 'Change policy', exact: true }).click();
    await page.getByRole('dialog').getByRole('radio', { name: /^Everything/ }).check();
    await expect(tollgate.stops).toHaveCount(1);
    await expectAccessible(page);
  });
});

test('what asks before an import, and what is told of files', async ({ tollgate, page }) => {
  await loadSampleData(tollgate);
  await tollgate.visit('Settings');
  const { text } = await handedOut(page, () => tollgate.button('Export this workspace').click());
  await tollgate.button('Back to your own').first().click();
  await expect(page.getByText('This is sample data, in a workspace of its own.')).toBeHidden();
  await tollgate.ready();
  await tollgate.visit('Settings');
  const importing = page.getByLabel('Import…', { exact: true });

  await test.step('a file that is refused', async () => {
    await importing.setInputFiles(file('half.json', text.slice(0, 1_000)));
    await expect(page.getByRole('alert')).toContainText('Nothing was imported from half.json:');
    await expectAccessible(page);
  });
  await test.step('the question which way it goes', async () => {
    await importing.setInputFiles(file('sample.json', text));
    await expect(tollgate.dialog('Import sample.json?')).toContainText(/and \d+ more tokens/);
    await expectAccessible(page);
    await page.getByRole('radio', { name: /^Replace/ }).check();
    await expectAccessible(page, [WIDE]);
    await page.keyboard.press('Escape');
  });
  await test.step('the question before the workspace is wiped', async () => {
    await tollgate.button('Wipe this workspace…').click();
    await expect(tollgate.dialog('Wipe this workspace?')).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
  });
  await test.step('what a comparison comes to', async () => {
    await tollgate.visit('Activity');
    await page.getByLabel('Compare…', { exact: true }).setInputFiles(file('sample.json', text));
    await expect(page.getByText('This is another history.')).toBeVisible();
    await expectAccessible(page);
  });
});

test('a policy with findings, and the secret', async ({ tollgate, page }) => {
  await loadSampleData(tollgate);
  await tollgate.visit('Policies');
  await tollgate.policyText.fill('{"resources": {"review": {"*": {"allow": ["get"]}}, "nothing": 1}');
  await expect(page.getByText('Refused by Review Board 8.1')).toBeVisible();
  await expectAccessible(page);

  await tollgate.makeToken({ note: 'Looked at', policy: 'Post reviews' });
  await expectAccessible(page);
});

test('every side of the workbench', async ({ tollgate, page }) => {
  const text =
    '{"resources": {"*": {"allow": ["GET"], "block": ["*", "PUT"]}, "repository": {"7": {"allow": ["put", "PUT"]}}, ' +
    '"review": {"*": {"allow": ["POST"]}}, "review_reply_file_attachment_comment": {"*": {"allow": ["*"]}}}}';
  await tollgate.open('/policies');
  await tollgate.policyText.fill(text);

  await test.step('what it means, with a cell that is looked into', async () => {
    await tollgate.button('PUT on repository: allowed for id 7 only').click();
    await expect(page.getByRole('region', { name: 'The chosen cell' })).toBeVisible();
    await expectAccessible(page);
    await tollgate.button('Show all resources').click();
    await expect(tollgate.button('GET on webhook: allowed')).toBeVisible();
    await expectAccessible(page, [WIDE]);
    await page.getByRole('textbox', { name: 'Filter resources' }).fill('nothing at all');
    await expect(page.getByText('No resource holds these words.')).toBeVisible();
    await expectAccessible(page, [WIDE]);
  });
  await test.step('what it decides, with every edit that is proposed', async () => {
    await tollgate.tryRequest('PUT', '/api/review-requests/42/reviews/9/');
    await expect(tollgate.trail).toContainText('Smallest edit that allows it');
    await page.getByText('Other ways').click();
    await expectAccessible(page);
  });
  await test.step('what differs', async () => {
    await tollgate.side('Compare');
    await page.getByRole('combobox', { name: 'Compare with' }).selectOption('Full access');
    await expect(page.getByRole('table', { name: 'Changes' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('combobox', { name: 'Compare with' }).selectOption('Another text');
    await expectAccessible(page, [WIDE]);
  });
  await test.step('what is found', async () => {
    await tollgate.side('Lint');
    await expect(tollgate.sidePanel('Lint').getByRole('listitem').first()).toBeVisible();
    await expectAccessible(page);
  });
  await test.step('the tests and their score', async () => {
    await tollgate.tryRequest('GET', '/api/repositories/');
    await tollgate.button('Test that it becomes blocked').click();
    await tollgate.side('Tests');
    await expect(tollgate.sidePanel('Tests')).toContainText('1 of 1 test fails.');
    await expect(page.getByRole('button', { name: /^Add \d+ suggested tests?$/ })).toBeVisible();
    await expectAccessible(page);
  });
  await test.step('the smallest form', async () => {
    await tollgate.button('Make smallest').click();
    await expect(tollgate.dialog('Make smallest')).toContainText('The same decision');
    await expectAccessible(page);
  });
});

test('a catalog on its way in, kept, and used', async ({ tollgate, page }) => {
  await tollgate.open('/catalog');
  await tollgate.button('Import…').click();
  const text = page.getByRole('textbox', { name: 'Document', exact: true });

  await test.step('an address and a document that are refused', async () => {
    await page.getByLabel('Address of an API', { exact: true }).fill(`https://${'reviews-'.repeat(12)}@example.com/`);
    await tollgate.button('Fetch').click();
    await expect(page.getByText('The address holds a name or a password.')).toBeVisible();
    await text.fill('{"openapi": "3.0.0", "paths" {}}');
    await expect(page.getByText('No catalog can be read from this.')).toBeVisible();
    await expectAccessible(page);
  });
  await test.step('one that is read, with what was left out', async () => {
    const long = 'a_resource_with_a_very_long_name_that_nobody_would_write_by_hand_but_programs_do';
    await text.fill(`{"openapi": "3.0.0", "paths": {"/${long}/{id}": {"get": {}, "patch": {}}, "pets": {"get": {}}}}`);
    await expect(page.getByText('1 resource with 2 operations, from an OpenAPI document.')).toBeVisible();
    await expectAccessible(page);
  });
  await test.step('once it is kept, renamed and removed', async () => {
    await page.getByLabel('Name', { exact: true }).fill('A service');
    await tollgate.button('Keep').click();
    await expect(page.getByText('1 of 1 resources of A service')).toBeVisible();
    await tollgate.button('Rename').click();
    await expectAccessible(page);
    await tollgate.button('Remove').click();
    await expect(tollgate.button('Undo')).toBeVisible();
    await expectAccessible(page);
    await tollgate.button('Undo').click();
    await expect(page.getByText('1 of 1 resources of A service')).toBeVisible();
  });
  await test.step('where policies are written for it', async () => {
    await tollgate.link('Policies for it').click();
    await expect(page.getByRole('combobox', { name: 'For', exact: true })).toHaveValue('A service');
    await expectAccessible(page);
  });
});

test('a policy of the library, and what asks about it', async ({ tollgate, page }) => {
  await loadSampleData(tollgate);
  await tollgate.open('/library?view=templates');
  await expect(tollgate.button('Open on the workbench: CI bot')).toBeVisible();
  await expectAccessible(page);

  await test.step('the dialog that saves', async () => {
    await tollgate.button('Add to library: CI bot').click();
    await expect(tollgate.dialog('Add to the library')).toBeVisible();
    await expectAccessible(page);
    await tollgate.dialog('Add to the library').getByRole('button', { name: 'Save', exact: true }).click();
    await expect(tollgate.title('CI bot')).toBeVisible();
    await expectAccessible(page);
  });
  await test.step('the next version, with what it changes', async () => {
    await tollgate.policyText.fill('{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}');
    await tollgate.button('Save version…').click();
    await expect(tollgate.dialog('Save version')).toContainText('Allows less than version 1');
    await expectAccessible(page);
    await tollgate.dialog('Save version').getByRole('button', { name: 'Save', exact: true }).click();
    await expect(tollgate.button('2 versions')).toBeVisible();
  });
  const dialogs = { '2 versions': 'Versions', 'Rename…': 'Rename the policy', 'Copy link…': 'Copy a link to this policy' };
  for (const [act, name] of Object.entries(dialogs)) {
    await test.step(name, async () => {
      await tollgate.button(act).click();
      await expect(tollgate.dialog(name)).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await expect(tollgate.dialog(name)).toBeHidden();
    });
  }
  await test.step('the dialog that assigns, and who uses it then', async () => {
    await tollgate.button('Assign to tokens…').click();
    const dialog = tollgate.dialog('Assign to tokens');
    await dialog.getByRole('textbox', { name: 'Tokens' }).fill('user:ci-bot');
    await expect(dialog.getByRole('button', { name: /^Assign to \d+ tokens?$/ })).toBeEnabled();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await tollgate.button('Used by 0 tokens').click();
    await expect(tollgate.dialog('Used by')).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
  });
  await test.step('the list', async () => {
    await tollgate.visit('Library');
    await expect(tollgate.policyRow('CI bot')).toBeVisible();
    await expectAccessible(page);
  });
  await test.step('a text from elsewhere, a link that is refused, and a policy that is not there', async () => {
    await tollgate.open('/policies#policy=1.e30');
    await expect(page.getByText('This policy came in a link.')).toBeVisible();
    await expectAccessible(page);
    await tollgate.open('/');
    await tollgate.open('/policies#policy=1.e31');
    await expect(page.getByRole('alert')).toBeVisible();
    await expectAccessible(page);
    await tollgate.open(`/policies/${'0'.repeat(32)}`);
    await expect(page.getByText('There is no such policy')).toBeVisible();
    await expectAccessible(page);
  });
});

test('what the editor of a policy opens', async ({ tollgate, page }) => {
  await tollgate.open('/policies');
  await tollgate.editorIsHere();
  await tollgate.policyText.fill('{"resources": {"review": {"*": {"block": ["put"]}}}}');
  await expect(tollgate.policyFindings.filter({ hasText: 'not in capitals' })).toBeVisible();

  await test.step('what is found', async () => {
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('F8');
    await expect(page.getByRole('button', { name: /^\s*Action: (Replace with|Write)/ })).toBeVisible();
    await expectAccessible(page, [WIDE]);
  });
  await test.step('what is offered', async () => {
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Control+Space');
    await expect(page.getByRole('listbox').getByRole('option', { name: /^PUT/ })).toBeVisible();
    await expectAccessible(page, [WIDE]);
    await page.keyboard.press('Escape');
  });
  await test.step('what is said', async () => {
    await page.keyboard.press('F1');
    await expect(page.getByText('matches nothing: `put` is no method that Review Board knows').first()).toBeVisible();
    await expectAccessible(page, [WIDE]);
  });
  await test.step('the search, in a narrow window', async () => {
    await page.keyboard.press('Control+f');
    await expect(page.getByRole('textbox', { name: 'Find' })).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(tollgate.policyText).toBeFocused();
  });
  await test.step('folded lines', async () => {
    await page.keyboard.press('Shift+Alt+f');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Control+Shift+BracketLeft');
    await expect(page.getByRole('button', { name: 'Unfold' })).toBeVisible();
    await expectAccessible(page, [WIDE]);
  });
});

test('the vault, what asks about it, and a secret that it keeps', async ({ tollgate, page }) => {
  await loadSampleData(tollgate);
  await tollgate.visit('Settings');
  await tollgate.button('Create a vault…').click();
  const dialog = tollgate.dialog('Create a vault');
  await dialog.getByLabel('New passphrase', { exact: true }).fill('too short');
  await dialog.getByRole('button', { name: 'Create the vault', exact: true }).click();
  await expect(dialog).toContainText('at least 12 characters');
  await expectAccessible(page);
  for (const label of ['New passphrase', 'New passphrase, once more']) {
    await dialog.getByLabel(label, { exact: true }).fill('correct horse battery staple');
  }
  await dialog.getByRole('button', { name: 'Create the vault', exact: true }).click();
  await expect(tollgate.statusBar).toContainText('Vault unlocked');
  await expectAccessible(page);

  await tollgate.makeToken({ note: 'Looked at', policy: 'Post reviews' });
  await tollgate.button('Keep in the vault').click();
  await expect(tollgate.answer('Kept, sealed under your passphrase')).toBeVisible();
  await expectAccessible(page);
  await tollgate.button('Done').click();
  await tollgate.openToken('Looked at');
  await tollgate.button('Reveal').click();
  await tollgate.dialog(/^Reveal the secret of/).getByRole('button', { name: 'Reveal', exact: true }).click();
  await expect(tollgate.secret).toBeVisible();
  await expectAccessible(page);
  await tollgate.statusBar.getByRole('button', { name: 'Lock', exact: true }).click();
  await tollgate.statusBar.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(tollgate.dialog('Unlock the vault')).toBeVisible();
  await expectAccessible(page);
});

test('what asks about a saved vault', async ({ tollgate, page }) => {
  await loadSampleData(tollgate);
  await createVault(tollgate);
  await keepToken(tollgate, 'Looked at');
  await tollgate.visit('Settings');
  const { text } = await handedOut(page, () => tollgate.button('Export the vault').click());
  await deleteVault(tollgate);
  const picked = page.getByLabel('Take in a saved vault…', { exact: true });
  await picked.setInputFiles(file('diary.vault', 'dear diary'));
  await expect(page.getByText(/the file is not JSON/)).toBeVisible();
  await expectAccessible(page);

  await picked.setInputFiles(file('sample.vault', text));
  const dialog = tollgate.dialog('Take in sample.vault?');
  const open = async (passphrase: string) => {
    await dialog.getByLabel('Passphrase of the file').fill(passphrase);
    await dialog.getByRole('button', { name: 'Open the file', exact: true }).click();
  };
  await open('not the passphrase at all');
  await expect(dialog).toContainText('The file is still sealed:');
  await expectAccessible(page);
  await open(PASSPHRASE);
  await expect(dialog.getByRole('table', { name: 'What changes' })).toBeVisible();
  await expectAccessible(page);
});

test('what a client gets, and what a look-up finds', async ({ tollgate, page }) => {
  await loadSampleData(tollgate);
  await tollgate.askForClient('RBTools');
  await expect(tollgate.foreseen).toContainText('A new token will be made');
  await expectAccessible(page);

  await tollgate.button('Make the token').click();
  const secret = await tollgate.shownSecret();
  await tollgate.button('Ask for another client').click();
  await page.getByRole('button', { name: /^Hand out token \d+$/ }).click();
  await expect(page.getByText('Its value is not known here.')).toBeVisible();
  await expectAccessible(page);

  await tollgate.lookUp(secret);
  await expect(tollgate.answer(/^Token \d+ logs in as /)).toBeVisible();
  await expectAccessible(page);
});

test('long names in the matrix break where their words end', async ({ tollgate, page }) => {
  await page.setViewportSize(NARROW);
  await tollgate.open('/policies');
  await page.getByRole('tab', { name: 'Meaning' }).click();
  const long = 'review_reply_file_attachment_comment';
  await tollgate.policyText.fill(`{"resources": {"*": {"block": ["*"]}, "${long}": {"*": {"allow": ["POST"]}}}}`);
  const name = page.getByRole('rowheader').filter({ hasText: long });
  await expect(name).toBeVisible();
  // The words of a name are texts of their own: one that is on two lines is cut.
  const cut = await name.evaluate((name) => {
    const words = [...name.childNodes].filter((part) => part.nodeType === Node.TEXT_NODE);
    const isCut = (word: ChildNode) => {
      const range = document.createRange();
      range.selectNodeContents(word);
      return range.getClientRects().length > 1;
    };
    return words.filter(isCut).map((word) => word.textContent);
  });
  expect(cut, 'words that are cut').toEqual([]);
  await expectNoSidewaysScroll(page, 'the matrix');
});

test('nothing is lost when the text is twice as large', async ({ tollgate, page }) => {
  await loadSampleData(tollgate);
  // What a browser does at 200 % zoom: half the room in both directions.
  await page.setViewportSize({ width: WIDE.width / 2, height: WIDE.height / 2 });
  for (const path of [...Object.values(PLACES), '/tokens/new', '/tokens/client', '/lookup']) {
    await tollgate.open(path);
    await expectNoSidewaysScroll(page, path);
  }
});

async function loadSampleData(tollgate: Console): Promise<void> {
  await tollgate.open();
  await tollgate.button('Load sample data').click();
  await expect(tollgate.page.getByText('This is sample data, in a workspace of its own.')).toBeVisible();
  await tollgate.ready();
}

async function expectAccessible(page: Page, sizes = [WIDE, NARROW]): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const where = `${colorScheme}, ${size.width} pixels wide`;
      expect.soft(await violations(page), where).toEqual([]);
    }
  }
  for (const size of [...sizes, MEDIUM]) {
    await page.setViewportSize(size);
    await expectNoSidewaysScroll(page, `${size.width} pixels wide`);
  }
  await page.setViewportSize(sizes[0] ?? WIDE);
}

async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const tooWide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const beyond = (element: Element) => element.getBoundingClientRect().right > clientWidth;
    const [widest] = [...document.querySelectorAll('main *')].filter(beyond).map((element) => element.outerHTML);
    return scrollWidth > clientWidth ? `${scrollWidth - clientWidth} pixels too wide: ${widest?.slice(0, 200)}` : '';
  });
  expect.soft(tooWide, `${where}: nothing to scroll sideways`).toBe('');
}

/** What axe finds, each with the elements that it speaks of. */
async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(axe.source);
  }
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    return (await axe.run(document, { resultTypes: ['violations'] })).violations;
  });
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${help}: ${html} ${any.map((check) => check.message).join('; ')}`),
  );
}
