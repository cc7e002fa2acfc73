// Policies under names: begun, changed, compared, restored, given to tokens, shared and put away.

import { file, handedOut } from '../archive.ts';
import { Console } from '../console.ts';
import { expect, test } from '../fixtures.ts';

const READ_ONLY = '{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}';

test('a policy is begun from a template, changed, compared with its first version and restored', async ({
  tollgate,
  page,
}) => {
  await tollgate.open('/library');
  await expect(page.getByText('No policies in the library yet')).toBeVisible();
  await tollgate.addTemplate('CI bot');
  const saved = (version: number) => page.getByText(`The text is that of version ${version}.`);
  await expect(saved(1)).toBeVisible();
  await expect(tollgate.button('Save version…')).toBeDisabled();

  await test.step('the next version is saved, with what changes said first', async () => {
    await tollgate.policyText.fill(READ_ONLY);
    const differs = page.getByText('The text differs from version 1, and is not saved.');
    await expect(differs).toBeVisible();
    await tollgate.openPolicy('CI bot');
    await expect(differs).toBeVisible();
    await tollgate.button('Save version…').click();
    const dialog = tollgate.dialog('Save version');
    await expect(dialog).toContainText('Allows less than version 1, and nothing else.');
    await expect(dialog.getByRole('table', { name: 'Changes: What changes' })).toContainText('− removes');
    await dialog.getByLabel('Note').fill('reads only');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(tollgate.answer('Version 2 of CI bot is saved')).toBeVisible();
    await expect(saved(2)).toBeVisible();
  });

  await test.step('it is compared with the first, and the address says so', async () => {
    await tollgate.button('2 versions').click();
    const dialog = tollgate.dialog('Versions');
    await expect(dialog.getByRole('row').filter({ hasText: 'Version 2' })).toContainText('reads only');
    await tollgate.button('Compare with version 1').click();
    await expect(dialog).toBeHidden();
    await expect(tollgate.sidePanel('Compare')).toContainText('Allows less than version 1, and nothing else.');
    await expect(page).toHaveURL(/against=version:1/);
    await expect(page.getByRole('combobox', { name: 'Compare with' })).toHaveValue('version:1');
  });

  await test.step('the first is put in place, undone, and put in place again', async () => {
    await tollgate.button('Put the other text in place').click();
    await expect(page.getByText('The text differs from version 2, and is not saved.')).toBeVisible();
    await tollgate.button('Undo: version 1 is put in place').click();
    await expect(saved(2)).toBeVisible();
    await tollgate.button('2 versions').click();
    await tollgate.button('Put into the editor: version 1').click();
    await tollgate.button('Save version…').click();
    await tollgate.dialog('Save version').getByRole('button', { name: 'Save', exact: true }).click();
    await expect(saved(3)).toBeVisible();
  });

  await test.step('all of it is there after a reload', async () => {
    await tollgate.reload();
    await expect(saved(3)).toBeVisible();
    await tollgate.visit('Library');
    await expect(tollgate.policyRow('CI bot')).toContainText('version 3');
    await tollgate.policyRow('CI bot').click();
    await expect(tollgate.title('CI bot')).toBeVisible();
  });
});

test('a policy is given to two tokens, with the effect on each said first, and that is undone', async ({
  tollgate,
  page,
}) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  await tollgate.makeToken({ note: 'Deploys', policy: 'Everything' });
  await tollgate.dismissSecret();
  await tollgate.makeToken({ note: 'Mirror', policy: 'Post reviews' });
  await tollgate.dismissSecret();
  await tollgate.addTemplate('Read everything');

  await test.step('from the list of tokens', async () => {
    await tollgate.visit('Tokens');
    await tollgate.select('Deploys');
    await tollgate.select('Mirror');
    await tollgate.selection.getByRole('button', { name: 'Change policy', exact: true }).click();
    const dialog = tollgate.dialog('Change the policy of 2 tokens?');
    await dialog.getByRole('radio', { name: /^Read everything/ }).check();
    await expect(dialog).toContainText('2 tokens get this policy.');
    await dialog.getByRole('combobox', { name: 'Policy', exact: true }).selectOption('Read everything, version 1');
    await expect(dialog).toContainText('2 tokens get version 1 of Read everything.');
    const first = dialog.getByRole('region', { name: '1 token: 1', exact: true });
    await expect(first).toContainText('Allows less than their present policy, and nothing else.');
    await expect(first.getByRole('table')).toContainText('− removes');
    await expect(first.getByRole('table')).toContainText('/api/');
    await dialog.getByRole('button', { name: 'Change 2 tokens', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(tollgate.answer('2 tokens have the policy now')).toBeVisible();
    await expect(tollgate.row('Deploys')).toContainText('Read everything');
    await tollgate.button('Undo').click();
    await expect(tollgate.answer('2 tokens are as before')).toBeVisible();
    await expect(tollgate.row('Deploys')).toContainText('Everything');
  });

  await test.step('from the page of the policy, by a filter', async () => {
    await tollgate.openPolicy('Read everything');
    await expect(tollgate.button('Used by 0 tokens')).toBeVisible();
    await tollgate.button('Assign to tokens…').click();
    const dialog = tollgate.dialog('Assign to tokens');
    await expect(dialog).toContainText('Choose tokens by a filter');
    await dialog.getByRole('textbox', { name: 'Tokens' }).fill('user:ci-bot');
    await dialog.getByRole('button', { name: 'Assign to 2 tokens' }).click();
    await expect(dialog).toBeHidden();
    await tollgate.button('Used by 2 tokens').click();
    await expect(tollgate.dialog('Used by').getByRole('row').filter({ hasText: 'Token 1' })).toContainText('version 1');
    await tollgate.dialog('Used by').getByRole('link', { name: 'Show them in the list of tokens' }).click();
    await expect(tollgate.row('Deploys')).toBeVisible();
    await expect(tollgate.row('Mirror')).toBeVisible();
    await tollgate.openPolicy('Read everything');
    await tollgate.button('Used by 2 tokens').click();
    await tollgate.dialog('Used by').getByRole('link', { name: 'Token 1', exact: true }).click();
    await expect(tollgate.title('Token 1')).toBeVisible();
    await page.getByRole('main').getByRole('link', { name: 'version 1 of Read everything' }).click();
    await expect(tollgate.title('Read everything')).toBeVisible();
  });
});

test('a link opens as a text from elsewhere, and the draft stays as it is', async ({ tollgate, page, context }) => {
  await tollgate.open('/policies');
  await tollgate.policyText.fill(READ_ONLY);
  await tollgate.button('Copy link…').click();
  const dialog = tollgate.dialog('Copy a link to this policy');
  await expect(dialog).toContainText('The link holds the text of the policy (56 bytes) and nothing else');
  const link = (await dialog.getByRole('group', { name: 'The link' }).textContent()) ?? '';
  expect(link).toMatch(/\/policies#policy=1\.[A-Za-z0-9_-]+$/);
  await page.keyboard.press('Escape');
  await tollgate.policyText.fill('{}');
  await expect(tollgate.sidePanel('Meaning')).toContainText('Read and write everything.');

  const fresh = new Console(await context.newPage());
  await test.step('it is shown with a caution, and the address does not hold it any more', async () => {
    await fresh.open(link);
    await expect(fresh.page.getByText('This policy came in a link.')).toBeVisible();
    await expect(fresh.sidePanel('Meaning')).toContainText('Read everything; nothing else.');
    await expect(fresh.page).toHaveURL(/\/policies$/);
  });
  await test.step('the draft is as it was', async () => {
    await fresh.button('Back to my draft').click();
    await expect(fresh.page.getByText('a draft kept on this device')).toBeVisible();
    await expect(fresh.sidePanel('Meaning')).toContainText('Read and write everything.');
  });
  await test.step('unless it is replaced on purpose', async () => {
    await fresh.open('/');
    await fresh.open(link);
    await fresh.button('Replace my draft with it').click();
    await expect(fresh.page.getByText('This policy came in a link.')).toBeHidden();
    await fresh.reload();
    await expect(fresh.sidePanel('Meaning')).toContainText('Read everything; nothing else.');
  });
  await test.step('a link that was cut off says what to do', async () => {
    await fresh.open('/');
    await fresh.open('/policies#policy=1.e31');
    await expect(fresh.page.getByRole('alert')).toContainText('The link was not opened.');
    await expect(fresh.page.getByRole('alert')).toContainText('ask for the link again');
    await expect(fresh.page.getByText('a draft kept on this device')).toBeVisible();
    await fresh.button('Close').click();
    await expect(fresh.page.getByRole('alert')).toBeHidden();
  });
});

test('a text that is too long for a link goes into a file, and a file is opened', async ({ tollgate, page }) => {
  const rules = Array.from({ length: 1_000 }, (_, id) => `"${id}": {"allow": ["GET"]}`);
  const long = `{"resources": {"*": {"block": ["*"]}, "repository": {${rules.join(', ')}}}}`;
  await tollgate.open('/policies');
  await tollgate.policyText.fill(long);
  await tollgate.button('Copy link…').click();
  await expect(tollgate.dialog('Copy a link to this policy')).toContainText('share it as a file');
  await page.keyboard.press('Escape');
  const { name, text } = await handedOut(page, () => tollgate.button('Save as file').click());
  expect(name).toBe('policy-draft.json');
  expect(text).toBe(long);

  await tollgate.visit('Library');
  await page.getByLabel('Open a file…', { exact: true }).setInputFiles(file('mirror.json', READ_ONLY));
  await expect(page.getByText('This policy came from the file mirror.json.')).toBeVisible();
  await tollgate.button('Save as…').click();
  const dialog = tollgate.dialog('Save in the library');
  await expect(dialog.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  await dialog.getByLabel('Name').fill('Mirror');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(tollgate.title('Mirror')).toBeVisible();
});

test('a large text is saved as a small one is, with what changes said first', async ({ tollgate }) => {
  await tollgate.open();
  await tollgate.addTemplate('Read everything');
  // Above 64 KiB the worker looks at it.
  await tollgate.policyText.fill(`{${' '.repeat(70_000)}}`);
  await tollgate.button('Save version…').click();
  const dialog = tollgate.dialog('Save version');
  await expect(dialog).toContainText('Review Board 8.1 accepts it, and nothing was found.');
  await expect(dialog).toContainText('Allows all that version 1 allows, and more.');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(tollgate.button('2 versions')).toBeVisible();
});

test('a policy is renamed, put away and offered again; its name is its own', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.addTemplate('CI bot');
  await tollgate.addTemplate('Reviewer');

  await test.step('another one has the name', async () => {
    await tollgate.button('Rename…').click();
    const dialog = tollgate.dialog('Rename the policy');
    await dialog.getByLabel('New name').fill('ci BOT');
    await dialog.getByRole('button', { name: 'Rename', exact: true }).click();
    await expect(dialog).toContainText('there is a policy `CI bot` already');
    await dialog.getByLabel('New name').fill('People who review');
    await dialog.getByRole('button', { name: 'Rename', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(tollgate.title('People who review')).toBeVisible();
  });

  await test.step('it is put away, and that is undone', async () => {
    await tollgate.button('Archive').click();
    await expect(tollgate.answer('People who review is archived')).toBeVisible();
    await expect(tollgate.button('Assign to tokens…')).toBeDisabled();
    await page.keyboard.press('Control+z');
    await expect(tollgate.answer('People who review is in the library again')).toBeVisible();
    await expect(tollgate.button('Archive')).toBeVisible();
  });

  await test.step('the list is filtered and sorted, and walked without a mouse', async () => {
    await tollgate.visit('Library');
    await page.getByRole('textbox', { name: 'Filter policies' }).fill('people');
    await expect(tollgate.library.getByRole('row')).toHaveCount(2);
    await page.getByRole('textbox', { name: 'Filter policies' }).fill('');
    await tollgate.library.getByRole('button', { name: 'Name' }).click();
    await expect(tollgate.library.getByRole('row').nth(1)).toContainText('People who review');
    await tollgate.library.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(tollgate.title('CI bot')).toBeVisible();
  });
});

test('tests are kept with the versions of a policy', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.addTemplate('Read everything');
  await tollgate.tryRequest('GET', '/api/repositories/');
  await tollgate.button('Test that it is allowed').click();
  await expect(page.getByText('The tests differ from those of version 1, and are not saved.')).toBeVisible();
  await tollgate.button('Keep the tests with version 1').click();
  await expect(tollgate.answer('1 test is kept with version 1')).toBeVisible();
  await tollgate.reload();
  await tollgate.side('Tests');
  await expect(tollgate.sidePanel('Tests')).toContainText('1 test, all met.');
});

test('an edit and its tests are there when one comes back to the policy', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.addTemplate('Read everything');
  await tollgate.tryRequest('GET', '/api/repositories/');
  await tollgate.button('Test that it is allowed').click();
  await tollgate.policyText.fill('{}');
  const differ = page.getByText('Text and tests differ from version 1, and are not saved.');
  await expect(differ).toBeVisible();

  await tollgate.openPolicy('Read everything');
  await expect(differ).toBeVisible();
  await expect(tollgate.sidePanel('Meaning')).toContainText('Read and write everything.');
  await tollgate.side('Tests');
  await expect(tollgate.sidePanel('Tests')).toContainText('1 test, all met.');

  await test.step('once they are saved, nothing is left over', async () => {
    await tollgate.button('Save version…').click();
    const dialog = tollgate.dialog('Save version');
    await expect(dialog).toContainText('1 test is kept with it.');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('The text is that of version 2.')).toBeVisible();
    await tollgate.openPolicy('Read everything');
    await expect(page.getByText('The text is that of version 2.')).toBeVisible();
  });
});

test('a text that replaces the draft brings its tests, and the former draft can be had back', async ({
  tollgate,
  page,
}) => {
  const tests = tollgate.sidePanel('Tests').getByRole('table', { name: 'Tests' });
  const former = tests.getByRole('row').filter({ hasText: 'POST /api/repositories/' });
  const brought = tests.getByRole('row').filter({ hasText: 'GET /api/users/' });
  await tollgate.open('/policies');
  await tollgate.policyText.fill(READ_ONLY);
  await tollgate.tryRequest('POST', '/api/repositories/');
  await tollgate.button('Test that it is blocked').click();

  await test.step('the text of a file takes its place', async () => {
    await tollgate.visit('Library');
    await page.getByLabel('Open a file…', { exact: true }).setInputFiles(file('mirror.json', '{}'));
    const came = page.getByText('This policy came from the file mirror.json.');
    await expect(came).toBeVisible();
    await tollgate.tryRequest('GET', '/api/users/');
    await tollgate.button('Test that it is allowed').click();
    await tollgate.button('Replace my draft with it').click();
    await expect(came).toBeHidden();
    await tollgate.side('Tests');
    await expect(brought).toBeVisible();
    await expect(former).toBeHidden();
  });

  await test.step('the former draft comes back with its own', async () => {
    await tollgate.button('Take my former draft back').click();
    await expect(tollgate.answer('Your former draft is back')).toBeVisible();
    // What it took the place of is put aside in turn.
    await expect(page.getByText('Another text took the place of your draft.')).toBeVisible();
    await expect(tollgate.policyText).toHaveText(READ_ONLY);
    await expect(former).toBeVisible();
    await tollgate.reload();
    await expect(tollgate.policyText).toHaveText(READ_ONLY);
    await expect(former).toBeVisible();
    await expect(brought).toBeHidden();
  });
});

/** Opens a text as a file, which makes it one from elsewhere. */
async function openFile(tollgate: Console, name: string, text: string): Promise<void> {
  await tollgate.visit('Library');
  await tollgate.page.getByLabel('Open a file…', { exact: true }).setInputFiles(file(name, text));
  await expect(tollgate.page.getByText(`This policy came from the file ${name}.`)).toBeVisible();
}

test('what is made of a text from elsewhere is offered back on the draft', async ({ tollgate, page }) => {
  await tollgate.open('/policies');
  await openFile(tollgate, 'mirror.json', READ_ONLY);
  await tollgate.policyText.fill('{}');
  await expect(tollgate.sidePanel('Meaning')).toContainText('Read and write everything.');
  await tollgate.button('Back to my draft').click();
  await expect(page.getByText('a draft kept on this device')).toBeVisible();
  await expect(page.getByText('Your changes to the file mirror.json were put aside.')).toBeVisible();

  await tollgate.button('Take my changes back').click();
  await expect(page.getByText('This policy came from the file mirror.json.')).toBeVisible();
  await expect(tollgate.policyText).toHaveText('{}');
  await expect(tollgate.button('Take my changes back')).toBeHidden();

  await test.step('another text puts them aside as well, until they are dropped', async () => {
    await openFile(tollgate, 'other.json', READ_ONLY);
    await expect(page.getByText('Your changes to the file mirror.json were put aside.')).toBeVisible();
    await tollgate.button('Drop it').click();
    await expect(tollgate.button('Take my changes back')).toBeHidden();
  });
});

test('every draft that was replaced can be had back', async ({ tollgate, page }) => {
  await tollgate.open('/policies');
  await tollgate.policyText.fill(READ_ONLY);
  const second = '{"resources": {}}';
  for (const [name, text] of [
    ['first.json', '{}'],
    ['second.json', second],
  ] as const) {
    await openFile(tollgate, name, text);
    await tollgate.button('Replace my draft with it').click();
    await expect(page.getByText(`This policy came from the file ${name}.`)).toBeHidden();
  }
  for (const text of ['{}', READ_ONLY, second]) {
    await tollgate.button('Take my former draft back').click();
    await expect(tollgate.policyText).toHaveText(text);
  }
});
