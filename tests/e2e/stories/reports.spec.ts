// Which tokens end soon, and which nobody uses: views of the list, each with its count and with what it lists.

import type { Locator } from '@playwright/test';
import type { Console } from '../console.ts';
import { expect, test } from '../fixtures.ts';

function view(tollgate: Console, words: RegExp): Locator {
  return tollgate.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: words });
}

test('views count what nobody uses and say what they list', async ({ tollgate, page }) => {
  await tollgate.open();
  await tollgate.addUser('ci-bot');
  await tollgate.makeToken({ note: 'Mirror', policy: 'Read everything' });
  await tollgate.dismissSecret();
  await tollgate.visit('Tokens');

  await test.step('a token that was just made was never used, and is not stale', async () => {
    await view(tollgate, /^Never used 1$/).click();
    await expect(page.getByText('Live, with no login on record here')).toBeVisible();
    await expect(tollgate.row('Mirror')).toBeVisible();
    await view(tollgate, /^Stale 0$/).click();
    await expect(page.getByText('Live, with their last login more than 90 days ago')).toBeVisible();
    await expect(page.getByLabel('Filter tokens')).toHaveValue('state:live used>90d');
    await expect(page.getByRole('heading', { name: 'No token matches this filter' })).toBeVisible();
  });
  await test.step('the filter is typed as well, and a mistake in it is named', async () => {
    await page.getByLabel('Filter tokens').fill('used>long');
    await expect(page.getByText('`long` is not a number of days: write 30d.')).toBeVisible();
    await expect(page.getByText('Live, with their last login')).toBeHidden();
    await page.getByLabel('Filter tokens').fill('used:never');
    await expect(tollgate.row('Mirror')).toBeVisible();
  });
  await test.step('the palette leads there', async () => {
    await tollgate.visit('Overview');
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Search or act' })).toBeFocused();
    await page.keyboard.type('not used for');
    await page.keyboard.press('Enter');
    await expect(tollgate.title('Tokens')).toBeVisible();
    await expect(view(tollgate, /^Stale/)).toHaveAttribute('aria-current', 'page');
  });
});
