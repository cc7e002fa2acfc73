// A client asks for its token: what it would get, and why, is said before anything is done.

import { expect, test } from '../fixtures.ts';
import { placesThatHold } from '../kept.ts';
import { PASSPHRASE, begin, createVault, unlock } from '../vault.ts';

const NOTE = 'API token automatically created for RBTools.';
const MORE_THAN_A_YEAR = 400 * 86_400;

test('a client gets a token, and the same one again', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');

  const secret = await test.step('it has none: a new one is announced, made, and shown once', async () => {
    await tollgate.askForClient('RBTools');
    await expect(tollgate.foreseen).toContainText('A new token will be made: ci-bot has no token yet.');
    await expect(tollgate.foreseen).toContainText(NOTE);
    await tollgate.button('Make the token').click();
    const secret = await tollgate.shownSecret();
    expect(await placesThatHold(page, secret), 'while it is shown it is nowhere else').toEqual(['document']);
    await tollgate.dismissSecret();
    expect(await placesThatHold(page, secret)).toEqual([]);
    return secret;
  });

  await test.step('it asks again: the one that is there is announced, and handed out as it is', async () => {
    await tollgate.askForClient('RBTools');
    await expect(tollgate.foreseen).toContainText('Token 1 will be handed out: it is this client’s, and works until');
    await tollgate.button('Hand out token 1').click();
    await expect(page.getByRole('heading', { name: 'Token 1 is this client’s.' })).toBeVisible();
    await expect(page.getByText('Its value is not known here.')).toBeVisible();
    expect((await tollgate.facts())['Secret']).toContain(secret.slice(-4));
    await expect(tollgate.link('Rotate it')).toBeVisible();
    await tollgate.link('Open token 1').click();
    await expect(tollgate.title('Token 1')).toBeVisible();
  });

  await test.step('and only the making is on record', async () => {
    await tollgate.visit('Activity');
    await expect(tollgate.entries.filter({ hasText: 'Made for ci-bot' })).toHaveCount(1);
  });
});

test('a value that the vault keeps is copied from there, and the record says so', async ({
  tollgate,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await begin(tollgate);
  await createVault(tollgate);
  await tollgate.askForClient('RBTools');
  await tollgate.button('Make the token').click();
  const secret = await tollgate.shownSecret();
  await tollgate.button('Keep in the vault').click();
  await expect(tollgate.answer('Kept, sealed under your passphrase')).toBeVisible();
  await tollgate.button('Done').click();
  await tollgate.statusBar.getByRole('button', { name: 'Lock', exact: true }).click();

  await tollgate.askForClient('RBTools');
  await tollgate.button('Hand out token 1').click();
  await expect(page.getByText('Its value is in the vault.')).toBeVisible();
  await expect(page.getByText('Its value is not known here.')).toBeHidden();
  await tollgate.button('Copy secret').click();
  await unlock(tollgate, PASSPHRASE);
  await expect(tollgate.answer('Copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  await expect(tollgate.secret).toBeHidden();
  expect(await placesThatHold(page, secret)).toEqual([]);
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await tollgate.visit('Activity');
  await expect(tollgate.entries.filter({ hasText: 'Took its secret out of the vault' })).toHaveCount(1);

  await test.step('a value that left the vault is not known any more', async () => {
    await tollgate.openToken(NOTE);
    await tollgate.button('Remove from the vault').click();
    const dialog = tollgate.dialog('Remove the secret of token 1 from the vault?');
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(tollgate.answer('The secret is not in the vault any more')).toBeVisible();
    await tollgate.askForClient('RBTools');
    await tollgate.button('Hand out token 1').click();
    await expect(page.getByText('Its value is not known here.')).toBeVisible();
    await expect(tollgate.link('Rotate it')).toBeVisible();
  });
});

test('each token that is passed over has its reason', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  await tollgate.addSite('acme');
  await tollgate.makeToken({ note: 'By hand', policy: 'Read everything' });
  await tollgate.dismissSecret();
  await tollgate.askForClient('RBTools');
  await tollgate.button('Make the token').click();
  await tollgate.shownSecret();
  await tollgate.button('Ask for another client').click();

  await expect(tollgate.foreseen).toContainText('Token 2 will be handed out');
  await expect(tollgate.passedOver).toHaveText([/^Token 1: it is not this client's/]);

  const needed = page.getByLabel('Still valid for, in seconds');
  await needed.fill(String(MORE_THAN_A_YEAR));
  await expect(tollgate.passedOver.filter({ hasText: 'Token 2' })).toContainText('it expires too soon');
  await needed.fill('300');

  const site = page.getByLabel('Local Site', { exact: true });
  await site.selectOption('acme');
  await expect(tollgate.passedOver.filter({ hasText: 'Token 2' })).toContainText('it is not of this Local Site');

  await tollgate.openToken(NOTE);
  await tollgate.invalidate('Leaked');
  await expect(tollgate.answer('1 token invalidated')).toBeVisible();
  await tollgate.askForClient('RBTools');
  await expect(tollgate.foreseen).toContainText('A new token will be made: none of the 2 tokens of ci-bot fits.');
  await expect(tollgate.passedOver.filter({ hasText: 'Token 2' })).toContainText('it was invalidated');
  await expect(tollgate.button('Make the token')).toBeEnabled();
});

test('what would be refused is said with what to do, and cannot be asked for', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  await tollgate.askForClient('');
  await expect(tollgate.foreseen).toContainText('Say what the client calls itself');
  await expect(tollgate.button('Hand out')).toBeDisabled();

  await tollgate.askForClient('RBTools');
  await page.getByLabel('Still valid for, in seconds').fill('-1');
  await expect(tollgate.foreseen).toContainText('the minimum validity is not a number of seconds from 0 up');
  await expect(tollgate.foreseen).toContainText('What to do: give a number of seconds, such as 300 (T0502).');
  await expect(tollgate.button('Hand out')).toBeDisabled();

  await page.getByLabel('Still valid for, in seconds').fill('0');
  await page.getByRole('radio', { name: 'Never', exact: true }).check();
  await expect.poll(async () => (await tollgate.facts())['Expires']).toBe('never');
  await page.getByRole('radio', { name: 'Date…', exact: true }).check();
  await expect(tollgate.foreseen).toContainText('Choose a date, such as 2027-02-21.');
});
