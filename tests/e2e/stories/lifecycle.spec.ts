// What happens to a token between its making and its end, and the way back from each of it.

import { expect, test } from '../fixtures.ts';
import { placesThatHold } from '../kept.ts';
import type { Console } from '../console.ts';

const REASON = 'Printed in a build log';

test('a token is edited, what changes is said before, and undoing brings back what was', async ({ tollgate, page }) => {
  await begin(tollgate, ['Mirror']);
  await tollgate.openToken('Mirror');
  const before = await tollgate.facts();
  const dialog = tollgate.dialog('Edit token 1');
  const save = dialog.getByRole('button', { name: 'Save', exact: true });

  await test.step('nothing is saved before anything is changed', async () => {
    await tollgate.button('Edit').click();
    await expect(dialog).toContainText('Nothing is changed yet.');
    await expect(dialog.getByRole('radio', { name: 'As it is', exact: true })).toBeChecked();
    await expect(save).toBeDisabled();
  });

  await test.step('a policy that the server refuses cannot be saved', async () => {
    const policy = await tollgate.policyWritten();
    await tollgate.policyText.fill('{"resources": {"reviw": {}}}');
    await expect(dialog).toContainText('did you mean `review`?');
    await expect(dialog).toContainText('This cannot be saved: the policy is refused');
    await expect(save).toBeDisabled();
    await tollgate.policyText.fill(policy);
    await expect(dialog).toContainText('Nothing is changed yet.');
  });

  await test.step('a token that never expires says why', async () => {
    await dialog.getByRole('radio', { name: 'Never', exact: true }).check();
    await expect(dialog).toContainText('Say why this token never expires');
    await expect(save).toBeDisabled();
    await dialog.getByLabel('Why it never expires').fill('an air-gapped mirror');
    await expect(tollgate.change('Note')).toContainText('“Mirror (never expires: an air-gapped mirror)”');
    await expect(tollgate.change('Expires')).toContainText('never');
    await expect(save).toBeEnabled();
  });

  await test.step('note and expiry are changed', async () => {
    await dialog.getByLabel('Note', { exact: true }).fill('Mirror of labs');
    await dialog.getByRole('radio', { name: '30 days', exact: true }).check();
    await expect(tollgate.change('Note')).toContainText('“Mirror of labs”');
    await expect(tollgate.change('Expires')).toContainText('UTC');
    await expect(tollgate.change('What it may do')).toBeHidden();
    await save.click();
    await expect(dialog).toBeHidden();
    await expect(tollgate.answer('1 token changed')).toBeVisible();
    await expect(page.getByRole('heading', { level: 2, name: 'Mirror of labs', exact: true })).toBeVisible();
    expect((await tollgate.facts())['Expires']).not.toBe(before['Expires']);
  });

  await test.step('and all is as it was', async () => {
    await tollgate.button('Undo').click();
    await expect(tollgate.answer('1 token is as before')).toBeVisible();
    await expect(page.getByRole('heading', { level: 2, name: 'Mirror', exact: true })).toBeVisible();
    expect(await tollgate.facts()).toEqual(before);
  });
});

test('a token is rotated: both work for a while, and the new secret is shown once', async ({ tollgate, page }) => {
  await begin(tollgate, ['Mirror']);
  await tollgate.openToken('Mirror');
  const dialog = tollgate.dialog('Rotate token 1');

  const secret = await test.step('it is said what will happen', async () => {
    await tollgate.button('Rotate').click();
    await dialog.getByRole('radio', { name: 'none', exact: true }).check();
    await expect(dialog).toContainText('Token 1 stops working at once; its successor works from now until');
    await dialog.getByRole('radio', { name: '24 hours', exact: true }).check();
    await expect(dialog).toContainText(/Token 1 keeps working until [^;]+ UTC; its successor works from now until/);
    await dialog.getByRole('button', { name: 'Rotate and show the secret' }).click();
    return tollgate.shownSecret();
  });

  await test.step('no key throws the secret away', async () => {
    expect(await placesThatHold(page, secret), 'while it is shown it is nowhere else').toEqual(['document']);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await expect(tollgate.secret).toHaveText(secret);
    await expect(dialog.getByRole('button', { name: 'Close' })).toBeHidden();
    await expect(tollgate.button('Done')).toBeDisabled();
  });

  await test.step('dismissed, it is gone for good', async () => {
    await page.getByRole('checkbox', { name: /^I have stored it/ }).check();
    await tollgate.button('Done').click();
    await expect(dialog).toBeHidden();
    await expect(tollgate.answer('Rotated: token 2 takes over')).toBeVisible();
    expect(await placesThatHold(page, secret)).toEqual([]);
  });

  await test.step('both tokens name each other', async () => {
    await expect(page.getByRole('main')).toContainText('Expiring');
    await expect(tollgate.button('Rotate')).toBeHidden();
    expect((await tollgate.facts())['Replaced by']).toBe('token 2');
    await tollgate.link('token 2').click();
    await expect(tollgate.title('Token 2')).toBeVisible();
    await expect(page.getByRole('heading', { level: 2, name: 'Mirror', exact: true })).toBeVisible();
    const facts = await tollgate.facts();
    expect(facts['Replaces']).toBe('token 1');
    expect(facts['Secret']).toContain(secret.slice(-4));
    await tollgate.link('token 1').click();
    await expect(tollgate.title('Token 1')).toBeVisible();
  });

  await test.step('undoing takes the successor away', async () => {
    await tollgate.visit('Activity');
    const entry = tollgate.entries.filter({ hasText: 'takes over' });
    await entry.getByRole('button', { name: /^Undo entry/ }).click();
    await expect(tollgate.answer('2 tokens are as before')).toBeVisible();
    await tollgate.openToken('Mirror');
    await expect(tollgate.title('Token 1')).toBeVisible();
    expect((await tollgate.facts())['Replaced by']).toBeUndefined();
    await expect(tollgate.button('Rotate')).toBeVisible();
  });
});

test('a deleted token leaves the list, its page says why, and it comes back', async ({ tollgate, page }) => {
  await begin(tollgate, ['Mirror', 'Dashboard']);
  await tollgate.openToken('Mirror');
  const { pathname } = new URL(page.url());
  const before = await tollgate.facts();

  await tollgate.button('Delete').click();
  const dialog = tollgate.dialog('Delete token 1?');
  await dialog.getByLabel('Reason').fill(REASON);
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(tollgate.title('Tokens')).toBeVisible();
  await expect(tollgate.answer('1 token deleted')).toBeVisible();
  await expect(tollgate.row('Dashboard')).toBeVisible();
  await expect(tollgate.row('Mirror')).toBeHidden();

  await tollgate.open(pathname);
  await expect(page.getByRole('heading', { name: 'Token 1 was deleted' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText(REASON);
  await expect(tollgate.button('Edit')).toBeHidden();
  await tollgate.button('Undo the deletion').click();
  await expect(tollgate.answer('1 token is as before')).toBeVisible();
  await expect(tollgate.title('Token 1')).toBeVisible();
  expect(await tollgate.facts()).toEqual(before);
  await tollgate.visit('Tokens');
  await expect(tollgate.row('Mirror')).toContainText('Active');
});

test('the expiry of many tokens is changed in one act, shown before and undone as a whole', async ({
  tollgate,
  page,
}) => {
  await begin(tollgate, ['Mirror', 'Dashboard', 'Backup']);
  await tollgate.select('Mirror');
  await tollgate.select('Dashboard');
  await tollgate.selection.getByRole('button', { name: 'Change expiry' }).click();
  const dialog = tollgate.dialog('Change the expiry of 2 tokens?');
  await dialog.getByRole('radio', { name: '7 days', exact: true }).check();
  await expect(dialog).toContainText('2 tokens change.');
  await expect(tollgate.change('Token 1, ci-bot')).toContainText('UTC');
  await expect(tollgate.change('Token 2, ci-bot')).toContainText('UTC');
  await expect(tollgate.change('Token 3, ci-bot')).toBeHidden();
  await expect(dialog.getByRole('radio', { name: 'Never' })).toBeHidden();
  await dialog.getByRole('button', { name: 'Change 2 tokens', exact: true }).click();

  await expect(tollgate.answer('2 tokens changed')).toBeVisible();
  await expect(tollgate.selection).toBeHidden();
  await expect(tollgate.row('Mirror')).toContainText('Expiring');
  await expect(tollgate.row('Dashboard')).toContainText('Expiring');
  await expect(tollgate.row('Backup')).toContainText('Active');
  await page.keyboard.press('Control+z');
  await expect(tollgate.answer('2 tokens are as before')).toBeVisible();
  for (const note of ['Mirror', 'Dashboard', 'Backup']) {
    await expect(tollgate.row(note)).toContainText('Active');
  }
});

test('many tokens are invalidated and deleted, each act shown before', async ({ tollgate }) => {
  await begin(tollgate, ['Mirror', 'Dashboard']);
  const pick = async () => {
    await tollgate.select('Mirror');
    await tollgate.select('Dashboard');
  };

  await tollgate.select('Mirror');
  await tollgate.selection.getByRole('button', { name: 'Invalidate', exact: true }).click();
  await tollgate.dialog('Invalidate 1 token?').getByRole('button', { name: 'Invalidate 1 token' }).click();
  await expect(tollgate.answer('1 token invalidated')).toBeVisible();

  await pick();
  await tollgate.selection.getByRole('button', { name: 'Invalidate', exact: true }).click();
  await expect(tollgate.dialog('Invalidate 2 tokens?')).toContainText('1 token changes; 1 stays as it is.');
  await expect(tollgate.change('Token 2, ci-bot')).toContainText('ActiveInvalid');
  await tollgate.dialog('Invalidate 2 tokens?').getByRole('button', { name: 'Cancel' }).click();

  await tollgate.selection.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(tollgate.change('Token 1, ci-bot')).toContainText('InvalidDeleted');
  await expect(tollgate.change('Token 2, ci-bot')).toContainText('ActiveDeleted');
  await tollgate.dialog('Delete 2 tokens?').getByRole('button', { name: 'Delete 2 tokens' }).click();
  await expect(tollgate.answer('2 tokens deleted')).toBeVisible();
  await expect(tollgate.list).toBeHidden();
  await tollgate.button('Undo').click();
  await expect(tollgate.answer('2 tokens are as before')).toBeVisible();
  await expect(tollgate.row('Mirror')).toContainText('Invalid');
  await expect(tollgate.row('Dashboard')).toContainText('Active');
});

test('everybody’s tokens are invalidated only with their number and a reason', async ({ tollgate, page }) => {
  await begin(tollgate, ['Mirror', 'Dashboard']);
  await tollgate.visit('Settings');
  await tollgate.button('Invalidate every token…').click();
  const dialog = tollgate.dialog('Invalidate every token of everybody?');
  const act = dialog.getByRole('button', { name: 'Invalidate 2 tokens', exact: true });
  await expect(dialog).toContainText('2 tokens of 1 user');
  await expect(act).toBeDisabled();
  await dialog.getByLabel('Type 2 to confirm').fill('2');
  await expect(act).toBeDisabled();
  await dialog.getByLabel('Reason').fill(REASON);
  await dialog.getByLabel('Type 2 to confirm').fill('3');
  await expect(act).toBeDisabled();
  await dialog.getByLabel('Type 2 to confirm').fill('2');
  await act.click();
  await expect(tollgate.answer('2 tokens invalidated')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('0 valid tokens');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('every token');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('No token is valid, so that there is nothing to invalidate.');
  await expect(dialog.getByRole('button', { name: 'Invalidate', exact: true })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await tollgate.visit('Activity');
  const entry = tollgate.entries.filter({ hasText: REASON });
  await entry.getByRole('button', { name: /^Undo entry/ }).click();
  await expect(tollgate.dialog('Bring 2 tokens back?')).toContainText(REASON);
  await tollgate.bringBack();
  await expect(tollgate.answer('2 tokens are as before')).toBeVisible();
  await tollgate.visit('Tokens');
  await expect(tollgate.row('Mirror')).toContainText('Active');
  await expect(tollgate.row('Dashboard')).toContainText('Active');
});

test('bringing a token back asks first, from wherever it is undone', async ({ tollgate, page }) => {
  await begin(tollgate, ['Mirror']);
  await tollgate.openToken('Mirror');
  await tollgate.invalidate(REASON);
  const question = tollgate.dialog('Bring 1 token back?');
  const undos = [
    () => page.keyboard.press('Control+z'),
    () => tollgate.button('Undo').click(),
    () => tollgate.button('Undo the invalidation').click(),
  ];
  for (const undo of undos) {
    await undo();
    await expect(question).toContainText(REASON);
    await expect(question).toContainText('it logs in again at once');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(question).toBeHidden();
    expect((await tollgate.facts())['Invalidated']).toContain(REASON);
  }
  await tollgate.button('Undo the invalidation').click();
  await tollgate.bringBack();
  await expect(tollgate.answer('1 token is as before')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Active');
});

test('what the service is set to holds for the next token', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  await tollgate.visit('Settings');
  const settings = page.getByRole('region', { name: 'Service' });
  const save = settings.getByRole('button', { name: 'Save' });
  await expect(settings).toContainText('Deprecated: legacy_sha1.');
  await expect(save).toBeDisabled();
  await settings.getByLabel('Default lifetime, in days').fill('500');
  await save.click();
  await expect(settings).toContainText('the default lifetime is between 1 and 365 days');
  await settings.getByLabel('Default lifetime, in days').fill('20');
  await settings.getByLabel('Longest lifetime, in days').fill('60');
  await settings.getByLabel('Lifetime of a client’s token, in days').fill('60');
  await save.click();
  await expect(tollgate.answer(/^The service is set/)).toBeVisible();
  await expect(save).toBeDisabled();

  await tollgate.open('/tokens/new');
  await expect(page.getByRole('radio', { name: '20 days', exact: true })).toBeChecked();
  await expect(page.getByRole('radio', { name: '90 days', exact: true })).toBeHidden();
  await expect(page.getByText('Longest allowed here: 60 days.')).toBeVisible();
});

/** A user with tokens, and the list of them. */
async function begin(tollgate: Console, notes: string[]): Promise<void> {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  for (const note of notes) {
    await tollgate.makeToken({ note, policy: 'Read everything' });
    await tollgate.dismissSecret();
  }
  await tollgate.visit('Tokens');
}
