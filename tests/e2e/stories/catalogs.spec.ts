// Catalogs of other services: a document comes in, what is odd about it is said, and policies are written for it.

import { readFile } from 'node:fs/promises';
import { file } from '../archive.ts';
import type { Console } from '../console.ts';
import { expect, test, type Watcher } from '../fixtures.ts';
import type { Locator, Page, Route } from '@playwright/test';

/** The published description of Twilio's telephony, which one path without methods is in. */
const TWILIO = new URL('../../../crates/policy/tests/fixtures/openapi/twilio_voice.json', import.meta.url);
const NAME = 'Twilio - Voice 1.55.0';

const PETS = '{\n  "openapi": "3.0.0",\n  "paths": {"/pets/{id}": {"get": {}}}\n}';

/** Where the form looks first: the root of the API of the server that the page comes from. */
const ROOT = '**/api/';

/** What a server says there, with one resource that is not recorded. */
const ROOT_RESOURCE = {
  contentType: 'application/vnd.reviewboard.org.root+json',
  body: JSON.stringify({
    stat: 'ok',
    product: { name: 'Review Board', version: '8.2', is_release: true },
    links: { self: { method: 'GET', href: 'https://reviews.example.com/api/' } },
    uri_templates: {
      review_requests: 'https://reviews.example.com/api/review-requests/',
      checklists: 'https://reviews.example.com/api/checklists/',
    },
  }),
};

const WAS_READ = /^72 resources with \d+ operations, from a root resource/;

function documentText(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Document', exact: true });
}

function catalogOnShow(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Catalog', exact: true });
}

function addressField(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Address of an API', exact: true });
}

/** What the browser itself says of a request that failed is provoked, and nothing else is. */
function expectOnly(watcher: Watcher, provoked: RegExp): void {
  const { offOrigin, violations, errors } = watcher.take();
  expect([...offOrigin, ...violations, ...errors].filter((text) => !provoked.test(text))).toEqual([]);
}

async function openImport(tollgate: Console, page: Page): Promise<void> {
  await tollgate.open('/catalog');
  await tollgate.button('Import…').click();
  await expect(documentText(page)).toBeFocused();
}

/** Keeps a catalog of pets, and is left on the page of catalogs. */
async function keepPets(tollgate: Console, page: Page): Promise<void> {
  await openImport(tollgate, page);
  await documentText(page).fill(PETS);
  await page.getByLabel('Name', { exact: true }).fill('Pets');
  await tollgate.button('Keep').click();
  await expect(tollgate.answer('The catalog Pets is kept')).toBeVisible();
}

test('an OpenAPI document becomes a catalog, and policies are written for it', async ({ tollgate, page }) => {
  await openImport(tollgate, page);

  await test.step('the document is read, and what was left out leads to its place', async () => {
    const text = await readFile(TWILIO, 'utf8');
    await page.getByLabel('Choose a file…', { exact: true }).setInputFiles(file('twilio_voice.json', text));
    await expect(page.getByText('10 resources with 21 operations, from an OpenAPI document.')).toBeVisible();
    const finding = tollgate.policyFindings.filter({ hasText: 'P0421' });
    await expect(finding).toHaveCount(1);
    await finding.getByRole('button', { name: /^line 1, column \d+$/ }).click();
    await expect(documentText(page)).toBeFocused();
    const there = await documentText(page).evaluate((area: HTMLTextAreaElement) => {
      return area.value.slice(area.selectionStart, area.selectionStart + 40);
    });
    expect(there.startsWith('"/v1/DialingPermissions"')).toBe(true);
  });

  await test.step('it is kept under its title', async () => {
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue(NAME);
    await expect(page.getByRole('group', { name: 'The first resources' })).toContainText('byoc_trunks');
    await tollgate.button('Keep').click();
    await expect(tollgate.answer(`The catalog ${NAME} is kept`)).toBeVisible();
    await expect(documentText(page)).toBeHidden();
    await expect(page.getByText(`10 of 10 resources of ${NAME}`)).toBeVisible();
  });

  await test.step('a reload keeps it, and the workbench offers it', async () => {
    await tollgate.reload();
    await catalogOnShow(page).selectOption(NAME);
    await expect(page.getByRole('group', { name: 'Resources' })).toContainText('connection_policies_targets');
    await tollgate.link('Policies for it').click();
    await expect(tollgate.title('Policies')).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'For', exact: true })).toHaveValue(NAME);
  });

  await test.step('a policy on its resources is accepted, and its table has them', async () => {
    await tollgate.policyText.fill('{"resources": {"byoc_trunks": {"*": {"block": ["DELETE"]}}}}');
    await expect(page.getByText(`Accepted by ${NAME}`)).toBeVisible();
    await expect(tollgate.button('DELETE on byoc_trunks: blocked')).toBeVisible();
    await expect(tollgate.button('POST on byoc_trunks: allowed')).toBeVisible();
  });

  await test.step('a request is explained by its paths', async () => {
    await tollgate.tryRequest('DELETE', '/v1/ByocTrunks/BY12');
    await expect(tollgate.trail).toContainText('Blocked, HTTP 403');
    await expect(tollgate.decidingRule).toContainText('/resources/byoc_trunks/*/block/0');
    await tollgate.request.fill('/api/repositories/');
    await expect(tollgate.trail).toContainText(`is no path of ${NAME}`);
  });

  await test.step('its names are offered while one is typed', async () => {
    await tollgate.editorIsHere();
    await tollgate.policyText.fill('{"resources": {"conn');
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Control+Space');
    await expect(page.getByRole('option', { name: /^connection_policies/ }).first()).toBeVisible();
    await page.keyboard.press('Escape');
  });
});

test('the draft remembers what it speaks of, and Review Board is one choice away', async ({ tollgate, page }) => {
  await keepPets(tollgate, page);
  await tollgate.visit('Policies');
  const chosen = page.getByRole('combobox', { name: 'For', exact: true });
  await chosen.selectOption('Pets');
  await expect(page).toHaveURL(/for=Pets/);
  await tollgate.policyText.fill('{"resources": {"pets": {"7": {"block": ["GET"]}}}}');
  await expect(page.getByText('Accepted by Pets')).toBeVisible();

  await tollgate.open('/policies');
  await expect(chosen).toHaveValue('Pets');
  await expect(page.getByText('Accepted by Pets')).toBeVisible();
  await chosen.selectOption('Review Board 8.1');
  await expect(page.getByText('Refused by Review Board 8.1')).toBeVisible();

  await tollgate.open('/policies?for=Cats');
  const missing = page.getByText('There is no catalog Cats in this workspace.');
  await expect(missing).toBeVisible();
  await expect(tollgate.button('Save as…')).toBeDisabled();
  await tollgate.button('Use Review Board 8.1').click();
  await expect(missing).toBeHidden();
  await expect(tollgate.button('Save as…')).toBeEnabled();
});

test('the draft comes back under its own catalog', async ({ tollgate, page }) => {
  await keepPets(tollgate, page);
  await tollgate.visit('Library');
  await page.getByLabel('Open a file…', { exact: true }).setInputFiles(file('mirror.json', '{}'));
  await expect(page.getByText('This policy came from the file mirror.json.')).toBeVisible();
  const chosen = page.getByRole('combobox', { name: 'For', exact: true });
  await chosen.selectOption('Pets');
  await expect(page).toHaveURL(/for=Pets/);
  await expect(chosen).toHaveValue('Pets');
  await tollgate.button('Back to my draft').click();
  await expect(page.getByText('a draft kept on this device')).toBeVisible();
  await expect(chosen).toHaveValue('');
  await expect(page).toHaveURL(/\/policies$/);

  await test.step('and the changed text under the one that was chosen for it', async () => {
    await tollgate.button('Take my changes back').click();
    await expect(chosen).toHaveValue('Pets');
  });
});

test('a saved policy of another service is made one of Review Board', async ({ tollgate, page }) => {
  await keepPets(tollgate, page);
  await tollgate.visit('Policies');
  const chosen = page.getByRole('combobox', { name: 'For', exact: true });
  await chosen.selectOption('Pets');
  await tollgate.policyText.fill('{"resources": {"*": {"block": ["DELETE"]}}}');
  await tollgate.button('Save as…').click();
  const begun = tollgate.dialog('Save in the library');
  await begun.getByLabel('Name').fill('Keepers');
  await begun.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(tollgate.title('Keepers')).toBeVisible();
  await expect(chosen).toHaveValue('Pets');

  await tollgate.button('Assign to tokens…').click();
  const assign = tollgate.dialog('Assign to tokens');
  await expect(assign).toContainText('Keepers is written for Pets, and the tokens here log in to Review Board 8.1.');
  await expect(assign.getByRole('button', { name: 'Assign', exact: true })).toBeDisabled();
  await assign.getByRole('button', { name: 'Cancel' }).click();
  await expect(assign).toBeHidden();

  await chosen.selectOption('Review Board 8.1');
  await expect(page.getByText('Accepted by Review Board 8.1', { exact: true })).toBeVisible();
  await expect(page.getByText('The catalog differs from that of version 1, and is not saved.')).toBeVisible();
  await tollgate.button('Save version…').click();
  await tollgate.dialog('Save version').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('The text is that of version 2.')).toBeVisible();
  await tollgate.reload();
  await expect(page.getByText('The text is that of version 2.')).toBeVisible();
  await expect(chosen).toHaveValue('');
});

test('a broken document says where, and nothing is lost', async ({ tollgate, page }) => {
  await openImport(tollgate, page);
  const broken = PETS.replace('"paths":', '"paths"');

  await test.step('the place of the mistake is one press away', async () => {
    await documentText(page).fill(broken);
    await expect(page.getByText('No catalog can be read from this.')).toBeVisible();
    await page.getByRole('button', { name: /^line 3, column \d+$/ }).first().click();
    await expect(documentText(page)).toBeFocused();
    await expect(documentText(page)).toHaveValue(broken);
    await expect(tollgate.button('Keep')).toBeHidden();
    await expect(catalogOnShow(page).getByRole('option')).toHaveCount(1);
  });
  await test.step('closing the form keeps the document', async () => {
    await tollgate.button('Close the import').click();
    await tollgate.button('Import…').click();
    await expect(documentText(page)).toHaveValue(broken);
  });
  await test.step('YAML says what to do', async () => {
    await documentText(page).fill('openapi: 3.0.0\npaths: {}\n');
    await expect(tollgate.policyFindings.filter({ hasText: 'P0401' })).toContainText('JSON');
  });
  await test.step('once it is mended it can be kept', async () => {
    await documentText(page).fill(PETS);
    await expect(page.getByText('1 resource with 1 operation, from an OpenAPI document.')).toBeVisible();
    await expect(tollgate.button('Keep')).toBeVisible();
  });
});

test('a catalog is renamed and removed, and both are taken back', async ({ tollgate, page }) => {
  await openImport(tollgate, page);
  const root = '{"uri_templates": {"checklists": "https://reviews.example.com/api/checklists/"}}';
  await documentText(page).fill(root);
  await expect(page.getByText(/^72 resources with \d+ operations, from a root resource/)).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill('Our server');
  await tollgate.button('Keep').click();
  await expect(page.getByText('72 of 72 resources of Our server')).toBeVisible();

  await tollgate.button('Rename').click();
  await page.getByLabel('New name', { exact: true }).fill('reviews.example.com');
  await tollgate.button('Save name').click();
  await expect(page.getByText('72 of 72 resources of reviews.example.com')).toBeVisible();
  await tollgate.button('Undo').click();
  await expect(page.getByText('72 of 72 resources of Our server')).toBeVisible();

  await tollgate.button('Remove').click();
  await expect(page.getByText('71 of 71 resources of Review Board 8.1')).toBeVisible();
  await tollgate.button('Undo').click();
  await expect(tollgate.answer('The catalog Our server is as before')).toBeVisible();
  await expect(page.getByText('72 of 72 resources of Our server')).toBeVisible();
});

test('the root resource of a server is fetched from its address and kept', async ({ tollgate, page }) => {
  const accepted: string[] = [];
  await page.route(ROOT, async (route) => {
    accepted.push(route.request().headers()['accept'] ?? '');
    await route.fulfill(ROOT_RESOURCE);
  });
  await openImport(tollgate, page);
  const address = new URL('/api/', page.url()).href;
  await expect(addressField(page)).toHaveValue(address);
  expect(accepted, 'nothing is fetched unless it is asked for').toEqual([]);

  await addressField(page).press('Enter');
  await expect(page.getByText(WAS_READ)).toBeVisible();
  await expect(documentText(page)).toHaveValue(ROOT_RESOURCE.body);
  await expect(tollgate.policyFindings.filter({ hasText: 'P0424' })).toHaveCount(1);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Review Board 8.2');
  expect(accepted).toEqual(['application/json']);

  await tollgate.button('Keep').click();
  await expect(tollgate.answer('The catalog Review Board 8.2 is kept')).toBeVisible();
  await expect(page.getByText('72 of 72 resources of Review Board 8.2')).toBeVisible();
  await expect(page.getByText(`Imported from ${address}`)).toBeVisible();
});

test('a document that is fetched again keeps the name that was chosen, and is pasted once it is edited', async ({
  tollgate,
  page,
}) => {
  const bodies = [ROOT_RESOURCE.body, `${ROOT_RESOURCE.body}\n`];
  await page.route(ROOT, (route) => route.fulfill({ ...ROOT_RESOURCE, body: bodies.shift() ?? '' }));
  await openImport(tollgate, page);
  await addressField(page).press('Enter');
  await expect(page.getByText(WAS_READ)).toBeVisible();
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('Our server');
  await addressField(page).press('Enter');
  await expect(documentText(page)).toHaveValue(`${ROOT_RESOURCE.body}\n`);
  await expect(page.getByText(WAS_READ)).toBeVisible();
  await expect(name).toHaveValue('Our server');

  await documentText(page).fill(`${ROOT_RESOURCE.body}\n\n`);
  await expect(page.getByText(WAS_READ)).toBeVisible();
  await tollgate.button('Keep').click();
  await expect(tollgate.answer('The catalog Our server is kept')).toBeVisible();
  await expect(page.getByText('Imported from a pasted document')).toBeVisible();
});

test('a server that answers with something else says so, and the address stays', async ({
  tollgate,
  page,
  watcher,
}) => {
  await openImport(tollgate, page);
  await documentText(page).fill(PETS);
  const address = new URL('/s/team/api/', page.url()).href;
  await addressField(page).fill(address);
  const expectRefusal = async (words: string) => {
    await tollgate.button('Fetch').click();
    await expect(page.getByText(words)).toBeVisible();
    await expect(addressField(page)).toHaveValue(address);
    await expect(addressField(page)).toHaveAttribute('aria-invalid', 'true');
    await expect(documentText(page)).toHaveValue(PETS);
  };

  await test.step('an error of the server is told by its status', async () => {
    let status = 404;
    await page.route(ROOT, (route) => route.fulfill({ ...ROOT_RESOURCE, status }));
    await expectRefusal('The server answered with status 404. Is this the root of an API? It often ends with /api/.');
    status = 403;
    await expectRefusal('The server answered with status 403. Log in to that server first, in another tab');
    await page.unroute(ROOT);
  });
  await test.step('a page for people is told from a document', async () => {
    // The server of these stories answers every place with the page of the console.
    await expectRefusal('A web page came instead of JSON.');
  });
  await test.step('another address is another try', async () => {
    await addressField(page).fill('reviews.example.com');
    await expect(page.getByText('A web page came instead of JSON.')).toBeHidden();
    await tollgate.button('Fetch').click();
    await expect(page.getByText('Write it as https://reviews.example.com/api/.')).toBeVisible();
  });
  expectOnly(watcher, /status of 40[34]/);
});

test('a server that the policy of the page does not name is not asked', async ({ tollgate, page, watcher }) => {
  await openImport(tollgate, page);
  const address = 'https://elsewhere.invalid/api/';
  await addressField(page).fill(address);
  await tollgate.button('Fetch').click();
  const refusal = page.getByText('The policy of this page does not let it ask https://elsewhere.invalid.');
  await expect(refusal).toContainText('can add that server to connect-src');
  await expect(refusal).toContainText('take what comes from a file');
  await expect(addressField(page)).toHaveValue(address);

  await addressField(page).fill('http://elsewhere.invalid/api/');
  await tollgate.button('Fetch').click();
  await expect(page.getByText('Plain http is used for servers on this device only')).toBeVisible();
  await addressField(page).fill('https://me:secret@elsewhere.invalid/api/');
  await tollgate.button('Fetch').click();
  await expect(page.getByText('The address holds a name or a password.')).toBeVisible();
  expectOnly(watcher, /elsewhere\.invalid|Content Security Policy/);
});

test('fetching is canceled, and gives way to what is written meanwhile', async ({ tollgate, page }) => {
  const held: Route[] = [];
  await page.route(ROOT, (route) => {
    held.push(route);
  });
  await openImport(tollgate, page);
  const address = await addressField(page).inputValue();

  await test.step('Cancel leaves everything as it was', async () => {
    await tollgate.button('Fetch').click();
    await expect(tollgate.answer('Fetching the document…')).toBeVisible();
    await expect.poll(() => held.length).toBe(1);
    await tollgate.button('Cancel fetching').click();
    await expect(tollgate.answer('Fetching the document…')).toBeHidden();
    await expect(addressField(page)).toBeFocused();
    await expect(addressField(page)).toHaveValue(address);
    await expect(addressField(page)).not.toHaveAttribute('aria-invalid');
    await expect(documentText(page)).toHaveValue('');
  });
  await test.step('what is written meanwhile is not lost', async () => {
    await tollgate.button('Fetch').click();
    await expect.poll(() => held.length).toBe(2);
    await documentText(page).fill(PETS);
    await held[1]?.fulfill(ROOT_RESOURCE);
    await expect(page.getByText('The document was changed meanwhile')).toBeVisible();
    await expect(documentText(page)).toHaveValue(PETS);
  });
  await test.step('fetching again takes it', async () => {
    await tollgate.button('Fetch').click();
    await expect.poll(() => held.length).toBe(3);
    await held[2]?.fulfill(ROOT_RESOURCE);
    await expect(page.getByText(WAS_READ)).toBeVisible();
  });
});
