// Once it is loaded, the console needs no network.

import { expect, test } from '../fixtures.ts';

test('without a network, users and tokens are made and every place is there', async ({ tollgate, context }) => {
  await tollgate.open();
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
  await tollgate.open();
  await context.setOffline(true);
  await tollgate.visit('Policies');
  const rules = Array.from({ length: 2_000 }, (_, id) => `"${id}": {"allow": ["GET"], "block": ["*"]}`);
  await tollgate.policyText.fill(`{"resources": {"repository": {${rules.join(', ')}}}}`);
  await expect(page.getByText('Accepted by Review Board 8.1', { exact: true })).toBeVisible();
  await tollgate.policyText.fill('{"resources": {"repository": {"7": {"allow": ["GET"]}}}}');
  await tollgate.tryRequest('GET', '/api/repositories/7/');
  await expect(tollgate.decidingRule).toContainText('/resources/repository/7/allow/0');
});
