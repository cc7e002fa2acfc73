// The workbench: a policy is read, tried, compared, mended, made small and tested, each until it is right.

import { file } from '../archive.ts';
import { expect, test } from '../fixtures.ts';
import type { Page, Locator } from '@playwright/test';

const READ_ONLY = '{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}';

/** The box of an edit that is proposed. */
function proposal(page: Page, title: string): Locator {
  return page.getByRole('group', { name: title, exact: true });
}

test('why a request is denied is found out, and exactly it is allowed', async ({ tollgate, page }) => {
  await tollgate.open('/policies');
  await tollgate.policyText.fill(READ_ONLY);

  await test.step('one rule decides, and it can be seen in the text', async () => {
    await tollgate.tryRequest('PUT', '/api/review-requests/42/reviews/9/');
    await expect(tollgate.trail).toContainText('Blocked, HTTP 403');
    await expect(tollgate.decidingRule).toContainText('/resources/*/block/0');
    await tollgate.decidingRule.getByRole('button').click();
    await expect(tollgate.policyText).toBeFocused();
  });

  await test.step('the smallest edit says what it writes and that nothing else changes', async () => {
    const smallest = proposal(page, 'Smallest edit that allows it');
    await expect(smallest).toContainText('"9": {"allow": ["PUT"]}');
    await expect(smallest).toContainText('Nothing else changes.');
    await expect(smallest).toContainText('A list fails afterward');
    await smallest.getByRole('button', { name: /^Apply: add `PUT`/ }).click();
    await expect(tollgate.trail).toContainText('Allowed');
    await expect(tollgate.policyText).toHaveText(/"review": \{"9": \{"allow": \["PUT"\]\}\}/);
  });

  await test.step('another review is as blocked as before', async () => {
    await tollgate.tryRequest('PUT', '/api/review-requests/42/reviews/10/');
    await expect(tollgate.trail).toContainText('Blocked, HTTP 403');
  });

  await test.step('the request is in the address, and the text is not', async () => {
    await expect(page).toHaveURL(/side=explain&method=PUT&path=%2Fapi%2Freview-requests%2F42%2Freviews%2F10%2F/);
    expect(page.url()).not.toContain('allow');
    await tollgate.reload();
    await expect(tollgate.request).toHaveValue('/api/review-requests/42/reviews/10/');
    await expect(tollgate.method).toHaveValue('PUT');
  });
});

test('an edit is undone, and so is what was typed since', async ({ tollgate, page }) => {
  await tollgate.open('/policies?side=explain&method=PUT');
  await tollgate.policyText.fill(READ_ONLY);
  await expect(tollgate.button('Undo')).toBeDisabled();
  await proposal(page, 'Smallest edit that allows it').getByRole('button', { name: /^Apply/ }).click();
  await expect(tollgate.policyText).not.toHaveText(READ_ONLY);
  await tollgate.policyText.fill('{}');

  await tollgate.button('Undo: what was typed since').click();
  await expect(tollgate.policyText).toHaveText(/"9"/);
  await page.getByRole('button', { name: /^Undo: add `PUT`/ }).click();
  await expect(tollgate.policyText).toHaveText(READ_ONLY);
  await expect(tollgate.answer(/^Undone: add `PUT`/)).toBeVisible();
  await expect(tollgate.button('Undo')).toBeDisabled();
});

test('a cell is turned around, and the comparison says what that came to', async ({ tollgate, page }) => {
  await tollgate.open('/policies');
  await tollgate.policyText.fill(READ_ONLY);
  await tollgate.reload();

  await test.step('a cell says which rule decides and what would turn it', async () => {
    await tollgate.button('POST on review: blocked').click();
    const cell = page.getByRole('region', { name: 'The chosen cell' });
    await expect(cell).toContainText('The rules for everything block every method.');
    await expect(cell.getByRole('button', { name: '/resources/*/block/0', exact: true })).toBeVisible();
    await cell.getByRole('button', { name: 'Apply: add `POST` to `allow` of the rules for `review`', exact: true }).click();
    await expect(tollgate.button('POST on review: allowed')).toBeVisible();
  });

  await test.step('the comparison counts it and shows one real request', async () => {
    await expect(page.getByRole('tab', { name: 'Compare +1' })).toBeVisible();
    await tollgate.side('Compare');
    const panel = tollgate.sidePanel('Compare');
    await expect(panel).toContainText('Allows all that the text that was opened allows, and more.');
    await expect(panel).toContainText('Grants POST on all reviews.');
    const changes = panel.getByRole('table', { name: 'Changes' });
    await expect(changes.getByRole('row').filter({ hasText: '+ grants' })).toHaveCount(1);
    await changes.getByRole('button', { name: 'Explain POST /api/review-requests/42/reviews/' }).click();
    await expect(tollgate.trail).toContainText('Allowed');
  });

  await test.step('held against full access it takes away, and the address says what is compared', async () => {
    await tollgate.side('Compare');
    await page.getByRole('combobox', { name: 'Compare with' }).selectOption('Full access');
    await expect(tollgate.sidePanel('Compare')).toContainText('Allows less than full access, and nothing else.');
    await expect(page).toHaveURL(/against=full/);
    await tollgate.reload();
    await expect(tollgate.sidePanel('Compare')).toContainText('Allows less than full access, and nothing else.');
  });

  await test.step('a text that is pasted is compared and goes nowhere', async () => {
    await page.getByRole('combobox', { name: 'Compare with' }).selectOption('Another text');
    await expect(tollgate.sidePanel('Compare')).toContainText('Choose what to compare with.');
    await page.getByLabel('The other policy').fill(READ_ONLY);
    await expect(tollgate.sidePanel('Compare')).toContainText('Grants POST on all reviews.');
    expect(page.url()).not.toContain('resources');
  });
});

test('a policy is compared with that of a token', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  await tollgate.makeToken({ note: 'Mirror', policy: 'Read everything' });
  await tollgate.dismissSecret();
  await tollgate.visit('Policies');
  await tollgate.policyText.fill('{}');
  await tollgate.side('Compare');
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('A token’s policy');
  await page.getByLabel('Number of the token').fill('1');
  await expect(tollgate.sidePanel('Compare')).toContainText('Allows all that token 1 allows, and more.');
});

test('a policy is made as small as can be', async ({ tollgate }) => {
  const text =
    '{"resources": {"*": {"allow": ["GET"], "block": ["*", "PUT"]}, "user": {"*": {"allow": ["GET"], "block": ["*"]}}}}';
  await tollgate.open('/policies');
  await tollgate.policyText.fill(text);
  await tollgate.button('Make smallest').click();
  const dialog = tollgate.dialog('Make smallest');
  await expect(dialog).toContainText(/The same decision on all [\d,]+ kinds of request/);
  await expect(dialog).toContainText('5 entries, 2 rule sets, 1 section');
  await expect(dialog).toContainText('2 entries, 1 rule set, 0 sections');
  await dialog.getByRole('button', { name: 'Put it in place' }).click();
  await expect(dialog).toBeHidden();
  await expect(tollgate.policyText).not.toHaveText(/user/);
  await tollgate.side('Compare');
  await expect(tollgate.sidePanel('Compare')).toContainText('kinds of request, of which');
  await tollgate.button('Undo: the smallest form').click();
  await expect(tollgate.policyText).toHaveText(text);
});

test('a text is laid out, and findings are mended by one press', async ({ tollgate }) => {
  await tollgate.open('/policies');
  await tollgate.policyText.fill(READ_ONLY.replace('"GET"', '"get"'));
  await tollgate.button('Format').click();
  await expect.poll(() => tollgate.policyWritten()).toMatch(/^\{\n {2}"resources": \{\n/);
  await tollgate.side('Lint');
  const found = tollgate.sidePanel('Lint').getByRole('listitem').filter({ hasText: 'P0304' });
  await expect(found).toContainText('allows GET on');
  await found.getByRole('button', { name: /`GET`$/ }).click();
  await expect(tollgate.policyText).toHaveText(/"GET"/);
  await expect(found).toHaveCount(0);
});

test('suggestions bring the tests of a policy to a hundred percent', async ({ tollgate, page }) => {
  await tollgate.open('/policies');
  await tollgate.policyText.fill(READ_ONLY);
  const panel = tollgate.sidePanel('Tests');
  const tests = panel.getByRole('table', { name: 'Tests' });

  await test.step('a request that was tried becomes a test', async () => {
    await tollgate.tryRequest('GET', '/api/repositories/');
    await tollgate.button('Test that it is allowed').click();
    await expect(tollgate.answer('Tested from now on: GET /api/repositories/ is allowed')).toBeVisible();
    await tollgate.side('Tests');
    await expect(tests.getByRole('row').filter({ hasText: 'GET /api/repositories/' })).toContainText('Pass');
  });

  await test.step('one is written by hand', async () => {
    await panel.getByLabel('Test method').selectOption('DELETE');
    await panel.getByLabel('Test request').fill('/api/weather/');
    await panel.getByLabel('Must be').selectOption('blocked');
    await tollgate.button('Add test').click();
    await expect(panel).toContainText('is no path of Review Board 8.1');
    await panel.getByLabel('Test request').fill('/api/repositories/7/');
    await tollgate.button('Add test').click();
    await expect(panel).toContainText('2 tests, all met.');
  });

  await test.step('what is missed is caught by the tests that are suggested', async () => {
    await expect(panel).toContainText(/\d+ of \d+ meaningful changes are caught, \d+ %/);
    await expect(panel).not.toContainText('are caught, 100 %');
    await page.getByRole('button', { name: /^Add \d+ suggested tests?$/ }).click();
    await expect(panel).toContainText('are caught, 100 %');
    await expect(page.getByRole('button', { name: /^Add \d+ suggested tests?$/ })).toBeHidden();
  });

  await test.step('a mistake fails at the next keystroke, and the tests are kept', async () => {
    await tollgate.policyText.fill(READ_ONLY.replace('GET', 'get'));
    await expect(panel).toContainText(/ fail/);
    await expect(tests.getByRole('row').filter({ hasText: 'GET /api/repositories/' }).first()).toContainText('Fail');
    const count = await tests.getByRole('row').count();
    await tollgate.reload();
    await expect(tests.getByRole('row')).toHaveCount(count);
  });
});

test('the table is filtered, walked with the arrows and opened with a key', async ({ tollgate, page }) => {
  await tollgate.open('/policies');
  await tollgate.policyText.fill(READ_ONLY);
  await page.getByRole('textbox', { name: 'Filter resources' }).fill('webhook');
  const grid = page.getByRole('grid', { name: 'What the policy allows, by resource and method' });
  await expect(grid.getByRole('button')).toHaveCount(4);
  await tollgate.button('GET on webhook: allowed').focus();
  await page.keyboard.press('End');
  await expect(tollgate.button('DELETE on webhook: blocked')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(tollgate.button('PUT on webhook: blocked')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'The chosen cell' })).toContainText('PUT on webhook: blocked');
  await tollgate.button('Close the cell').click();
  await expect(page.getByRole('region', { name: 'The chosen cell' })).toBeHidden();
});

test('a list that will fail is told of before it does', async ({ tollgate, page }) => {
  await tollgate.open('/policies');
  await tollgate.policyText.fill('{"resources": {"repository": {"7": {"block": ["PUT"]}}}}');
  await expect(page.getByText('Listing repositories will fail.')).toBeVisible();
  await expect(page.getByText(/answer GET \/api\/repositories\/ with error 500/)).toBeVisible();
});

test('a large policy is explained all the same, and the score of its tests can be stopped', async ({ tollgate, page }) => {
  const rules = Array.from({ length: 20_000 }, (_, id) => `"${id}": {"allow": ["GET"]}`);
  const text = `{"resources": {"*": {"block": ["*"]}, "repository": {${rules.join(', ')}}}}`;
  await tollgate.open('/policies');
  await tollgate.policyText.fill(text);
  await expect(page.getByText('Accepted by Review Board 8.1', { exact: true })).toBeVisible({ timeout: 30_000 });
  await tollgate.tryRequest('GET', '/api/repositories/7/');
  await expect(tollgate.decidingRule).toContainText('/resources/repository/7/allow/0', { timeout: 30_000 });
  await tollgate.side('Tests');
  const panel = tollgate.sidePanel('Tests');
  await expect(panel).toContainText(/[1-9][\d,]* of [\d,]+ mistakes tried/, { timeout: 30_000 });
  await tollgate.button('Stop').click();
  await expect(panel).toContainText(/Stopped: [\d,]+ of [\d,]+ mistakes tried/);
  await expect(tollgate.button('Go on')).toBeVisible();
});

test('a draft that is too long to be kept is there when one comes back', async ({ tollgate, page }) => {
  await tollgate.open('/policies');
  await tollgate.policyText.fill(READ_ONLY);
  await tollgate.policyText.fill(`{${' '.repeat(70_000)}}`);
  const isThere = () => expect(tollgate.sidePanel('Meaning')).toContainText('Read and write everything.');
  await isThere();

  await test.step('from a look at a text from elsewhere', async () => {
    await tollgate.visit('Library');
    await page.getByLabel('Open a file…', { exact: true }).setInputFiles(file('mirror.json', READ_ONLY));
    await expect(tollgate.sidePanel('Meaning')).toContainText('Read everything; nothing else.');
    await tollgate.button('Back to my draft').click();
    await isThere();
  });

  await test.step('from another page', async () => {
    await tollgate.visit('Tokens');
    await tollgate.visit('Policies');
    await isThere();
  });

  await test.step('and the browser asks before it is lost', async () => {
    const asked = page.waitForEvent('dialog');
    const reloaded = page.reload();
    const question = await asked;
    expect(question.type()).toBe('beforeunload');
    await question.accept();
    await reloaded;
    await tollgate.ready();
    await expect(tollgate.sidePanel('Meaning')).toContainText('Read everything; nothing else.');
  });
});

test('the browser does not ask where everything is kept', async ({ tollgate, page }) => {
  await tollgate.open('/policies');
  await tollgate.policyText.fill(READ_ONLY);
  await expect(tollgate.sidePanel('Meaning')).toContainText('Read everything; nothing else.');
  const asked: string[] = [];
  page.on('dialog', (question) => {
    asked.push(question.type());
    void question.accept();
  });
  await tollgate.reload();
  await expect(tollgate.policyText).toHaveText(READ_ONLY);
  expect(asked).toEqual([]);
});
