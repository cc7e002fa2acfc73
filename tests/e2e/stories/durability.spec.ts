// What becomes of the data when tabs, disks and browsers do what they do.

import { handedOut } from '../archive.ts';
import { Console } from '../console.ts';
import { expect, test } from '../fixtures.ts';
import { damageRecord, evict, limitSpace, loseDatabases } from '../kept.ts';

test('two tabs write, and both see everything', async ({ tollgate, context }) => {
  const other = new Console(await context.newPage());
  await tollgate.open('/people');
  await other.open('/people');

  await tollgate.typeUser('ci-bot');
  await expect(other.user('ci-bot')).toBeVisible();
  // Both at once: neither may overwrite the other.
  await Promise.all([tollgate.typeUser('from-one'), other.typeUser('from-other')]);
  for (const tab of [tollgate, other]) {
    for (const name of ['ci-bot', 'from-one', 'from-other']) {
      await expect(tab.user(name)).toBeVisible();
    }
  }

  await tollgate.makeToken({ note: 'Made in one', policy: 'Read everything' });
  await tollgate.dismissSecret();
  await other.visit('Tokens');
  await expect(other.row('Made in one')).toContainText('Active');
  await other.openToken('Made in one');
  await other.invalidate('Seen in the other');
  await expect(tollgate.row('Made in one')).toContainText('Invalid');

  await tollgate.visit('Activity');
  await expect(tollgate.page.getByText('The record is whole.')).toBeVisible();
});

test('every tab says how many are open', async ({ tollgate, context }) => {
  await tollgate.open();
  await expect(tollgate.statusBar).toContainText('1 tab open');
  const other = new Console(await context.newPage());
  await other.open();
  await expect(other.statusBar).toContainText('2 tabs open');
  await expect(tollgate.statusBar).toContainText('2 tabs open');
  await other.page.close();
  await expect(tollgate.statusBar).toContainText('1 tab open');
});

test('data that the browser removed altogether is missed, and never taken for an empty journal', async ({
  tollgate,
  page,
  context,
  site,
}) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  await page.goto('about:blank');
  await evict(context, site.origin);

  await tollgate.open();
  await expect(page.getByText('The browser removed Tollgate’s data on this device.')).toBeVisible();
  await expect(page.getByText(/There were 2 journal entries on .*; now there are none/)).toBeVisible();
});

test('a database that is removed under an open page is missed at once, and back after a reload', async ({
  tollgate,
  page,
  context,
  site,
}) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  await loseDatabases(context, site.origin);

  await expect(tollgate.answer(/the browser closed the database/)).toBeVisible();
  await tollgate.typeUser('too-late');
  await expect(tollgate.answer(/^Not saved: /)).toBeVisible();
  await expect(tollgate.statusBar).toContainText('The last change is not saved');
  await expect(tollgate.user('too-late')).toBeHidden();
  // What was read before can still be seen, to be copied or exported.
  await expect(tollgate.user('ci-bot')).toBeVisible();
  await tollgate.reload();
  await expect(page.getByText(/it was restored from the second copy/)).toBeVisible();
  await expect(tollgate.user('ci-bot')).toBeVisible();
  await expect(tollgate.user('too-late')).toBeHidden();
});

test('a full disk refuses a change with its cause, and what was there stays', async ({ tollgate, page, site }) => {
  await limitSpace(page, site.origin, 600_000);
  await tollgate.open();
  await tollgate.addUser('ci-bot');

  await tollgate.visit('Tokens');
  await tollgate.link('New token').first().click();
  await page.getByLabel('Note').fill('Too large');
  await page.getByRole('radio', { name: 'Custom' }).check();
  // Letters that no compression makes smaller.
  const noise = Array.from(crypto.getRandomValues(new Uint8Array(40_000)), (byte) => byte.toString(16)).join('');
  for (const attempt of Array.from({ length: 40 }, (_, at) => at)) {
    await tollgate.policyText.fill(`{"resources": {"review": {"*": {"allow": ["${noise}${attempt}"]}}}}`);
    await tollgate.button('Create token').click();
    const over = page.getByText(/^No token was made/).first();
    await expect(tollgate.secret.or(over)).toBeVisible();
    if (await over.isVisible()) {
      break;
    }
    await tollgate.button('Make another like it').click();
  }
  await expect(page.getByText('No token was made: the change was not saved.')).toBeVisible();
  const refusal = tollgate.answer(/this browser gives Tollgate no more space \(QuotaExceededError/);
  await expect(refusal).toContainText('export the journal first');
  await expect(tollgate.statusBar).toContainText('The last change is not saved');

  await tollgate.visit('Settings');
  const exported = await handedOut(page, () => tollgate.button('Export this workspace').click());
  expect(JSON.parse(exported.text).records.length, 'records in the export').toBeGreaterThan(0);

  await tollgate.visit('Activity');
  await expect(page.getByText('The record is whole.')).toBeVisible();
  const entries = await tollgate.entries.allTextContents();
  await tollgate.reload();
  await expect(page.getByText('The record is whole.')).toBeVisible();
  await expect(tollgate.entries).toHaveText(entries);
  await tollgate.visit('People');
  await expect(tollgate.user('ci-bot')).toBeVisible();
});

test('a damaged record is named, its tokens are uncertain, and writing resumes after a recorded repair', async ({
  tollgate,
  page,
}) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  await tollgate.makeToken({ note: 'Mirror', policy: 'Read everything' });
  await tollgate.dismissSecret();
  await tollgate.addUser('lost');
  await tollgate.addUser('kept');
  await damageRecord(page, 1);
  await tollgate.reload();

  await test.step('the rest is there, and nothing that the damage may touch counts as active', async () => {
    await expect(tollgate.user('kept')).toBeVisible();
    await expect(tollgate.user('lost')).toBeHidden();
    await tollgate.visit('Tokens');
    await expect(tollgate.row('Mirror')).toContainText('Uncertain');
    await expect(tollgate.row('Mirror')).not.toContainText('Active');
  });

  await test.step('it is read-only', async () => {
    await tollgate.visit('People');
    await tollgate.typeUser('refused');
    await expect(tollgate.answer(/the journal is read-only until it is repaired/)).toBeVisible();
    await expect(tollgate.user('refused')).toBeHidden();
  });

  await test.step('the entry is named', async () => {
    await tollgate.visit('Activity');
    const damage = page.getByRole('alert').filter({ hasText: 'The record is damaged, so nothing can be changed.' });
    await expect(damage).toContainText('entry 4: the record does not have the hash that it carries');
    await damage.getByRole('button', { name: 'Record a repair' }).click();
    await expect(tollgate.answer(/1 damaged entry is recorded; writing goes on/)).toBeVisible();
  });

  await test.step('the repair is on record, and writing resumes', async () => {
    await expect(page.getByText('The record is whole.')).toBeVisible();
    await expect(tollgate.entries.first()).toContainText('Recorded 1 damaged entry and resumed writing');
    await tollgate.addUser('accepted');
    await tollgate.visit('Tokens');
    await expect(tollgate.row('Mirror')).toContainText('Uncertain');
    await tollgate.visit('Activity');
    await tollgate.button('Trust them again').click();
    await expect(tollgate.answer('1 token is trusted again')).toBeVisible();
    await tollgate.visit('Tokens');
    await expect(tollgate.row('Mirror')).toContainText('Active');
  });

  await tollgate.reload();
  await expect(tollgate.row('Mirror')).toContainText('Active');
  await tollgate.visit('Activity');
  await expect(page.getByText('The record is whole.')).toBeVisible();
  await expect(page.getByText(/1 damaged one that a repair recorded/)).toBeVisible();
});

test('damage to the only record is named as well', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  await damageRecord(page, 0);
  await tollgate.reload();
  await tollgate.visit('Activity');
  await expect(page.getByRole('alert')).toContainText('entry 1: the record does not have the hash that it carries');
  await tollgate.button('Record a repair').click();
  await expect(page.getByText('The record is whole.')).toBeVisible();
  await tollgate.addUser('ci-bot');
});

const REFUSALS = {
  'is missing': () => Object.defineProperty(window, 'indexedDB', { value: undefined }),
  'refuses to open': () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The user denied permission to access the database.', 'SecurityError');
    };
  },
};

for (const [how, refuse] of Object.entries(REFUSALS)) {
  test(`where IndexedDB ${how}, localStorage is used with a notice, and joined when it returns`, async ({
    tollgate,
    context,
  }) => {
    await tollgate.open();
    await tollgate.addUser('from-before');

    const without = new Console(await context.newPage());
    await without.page.addInitScript(refuse);
    await test.step('the notice says what the store promises', async () => {
      await without.open();
      await expect(without.page.getByText('Changes are kept in localStorage only.')).toBeVisible();
      await expect(without.page.getByText(/Kept in this tab\. This browser may lose the last seconds/)).toBeVisible();
      await expect(without.page.getByText(/2 earlier entries lie out of reach/)).toBeVisible();
      await expect(without.statusBar).toContainText('Kept in this tab, may lose the last seconds');
      await expect(without.statusBar).not.toContainText('Saved on this device');
    });
    await test.step('tokens are made, and survive a reload', async () => {
      await without.addUser('from-between');
      await without.makeToken({ note: 'Made without', policy: 'Read everything' });
      await without.dismissSecret();
      await without.reload();
      await expect(without.row('Made without')).toContainText('Active');
      await expect(without.page.getByText('Changes are kept in localStorage only.')).toBeVisible();
      await without.page.close();
    });

    await test.step('when the database returns, both journals are shown', async () => {
      await tollgate.open('/tokens');
      await expect(tollgate.page.getByText('There are two journals on this device.')).toBeVisible();
      await expect(tollgate.row('Made without')).toBeHidden();
    });
    await test.step('and joined through a plan', async () => {
      await tollgate.visit('Settings');
      await expect(tollgate.page.getByText(/The one in localStorage adds 1 token/)).toBeVisible();
      await tollgate.button('Join them').click();
      await expect(tollgate.answer(/taken over; the other journal is removed/)).toBeVisible();
    });
    await tollgate.reload();
    await expect(tollgate.page.getByText('There are two journals on this device.')).toBeHidden();
    await tollgate.visit('People');
    for (const name of ['from-before', 'from-between']) {
      await expect(tollgate.user(name)).toBeVisible();
    }
    await tollgate.visit('Tokens');
    await expect(tollgate.row('Made without')).toContainText('Active');
    await tollgate.visit('Activity');
    await expect(tollgate.page.getByText('The record is whole.')).toBeVisible();
  });
}

test('sample data is a workspace of its own', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  await tollgate.visit('Overview');
  await tollgate.button('Load sample data').click();
  await expect(page.getByText('This is sample data, in a workspace of its own.')).toBeVisible();
  await tollgate.visit('Tokens');
  await expect(tollgate.list.getByRole('row').filter({ hasText: 'Active' }).first()).toBeVisible();

  await tollgate.button('Remove sample data').click();
  await expect(page.getByText('This is sample data, in a workspace of its own.')).toBeHidden();
  await tollgate.visit('Activity');
  await expect(tollgate.entries).toHaveCount(2);
  await tollgate.visit('People');
  await expect(tollgate.user('ci-bot')).toBeVisible();
});
