// Once it is loaded, the console needs no network. The pages behind the first one follow right after it.

import { expect, test } from '../fixtures.ts';

test('without a network, users and tokens are made and every place is there', async ({ tollgate, page, context }) => {
  await tollgate.open('/policies');
  // The editor of policies is fetched where it is first used, and stays.
  await tollgate.editorIsHere();
  await expect(page.locator('html')).toHaveAttribute('data-loaded', 'whole');
  await context.setOffline(true);

  await tollgate.addUser('ci-bot');
  expect(await tollgate.makeToken({ note: 'Made offline', policy: 'Read everything' })).toHaveLength(255);
  await tollgate.dismissSecret();
  await expect(tollgate.row('Made offline')).toContainText('Active');
  for (const place of ['Overview', 'Policies', 'Catalog', 'Activity', 'Settings'] as const) {
    await tollgate.visit(place);
  }

  await context.setOffline(false);
  await tollgate.open('/tokens');
  await expect(tollgate.row('Made offline')).toContainText('Active');
});

test('without a network, a text that is checked off the main thread is checked as well', async ({
  tollgate,
  page,
  context,
}) => {
  await tollgate.open('/policies');
  await tollgate.editorIsHere();
  await expect(page.locator('html')).toHaveAttribute('data-loaded', 'whole');
  await tollgate.visit('Overview');
  await context.setOffline(true);
  await tollgate.visit('Policies');
  const rules = Array.from({ length: 2_000 }, (_, id) => `"${id}": {"allow": ["GET"], "block": ["*"]}`);
  await tollgate.policyText.fill(`{"resources": {"repository": {${rules.join(', ')}}}}`);
  await expect(page.getByText('Accepted by Review Board 8.1', { exact: true })).toBeVisible();
  await tollgate.policyText.fill('{"resources": {"repository": {"7": {"allow": ["GET"]}}}}');
  await tollgate.tryRequest('GET', '/api/repositories/7/');
  await expect(tollgate.decidingRule).toContainText('/resources/repository/7/allow/0');
});

test('without a network before the rest is there, the page says so and loses nothing', async ({
  tollgate,
  page,
  watcher,
}) => {
  await page.route('**/*_rest.wasm', (route) => route.abort());
  await tollgate.open();
  await page.getByRole('link', { name: 'Catalog' }).click();
  await expect(page.getByText('A part of Tollgate could not be loaded')).toBeVisible();
  await page.unroute('**/*_rest.wasm');
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('heading', { name: 'Catalog' })).toBeVisible();
  const { offOrigin, violations, errors } = watcher.take();
  expect({ offOrigin, violations }).toEqual({ offOrigin: [], violations: [] });
  expect(errors.filter((error) => !/_rest\.wasm|Failed to fetch/.test(error))).toEqual([]);
});
