// Scenario 1: the coordinator filters the matrix, walks it by arrow keys, ticks cells, looks at the preview, changes them
// in one act and takes it back.
import { expect, test } from '@playwright/test';
import { listen, signIn } from './portal.mjs';

test('the Land changes many cells at once and takes it back', async ({ page }) => {
  const complaints = listen(page);
  await signIn(page, 'land', '/matrix?leistung=fuehrerschein&stand=testen&art=landkreis');

  await test.step('one stop for Tab, then cell by cell', async () => {
    const cells = page.locator('.app-matrix tbody td a');
    await expect(page.locator('.app-matrix tbody [tabindex="0"]')).toHaveCount(1);
    await page.locator('.app-matrix tbody [tabindex="0"]').focus();
    await page.keyboard.press('ArrowRight');
    await expect(cells.first()).toBeFocused();
    await expect(cells.first()).toHaveAccessibleName(/^.+, Führer.?schein: Phase 3, Testen seit \d\d\.\d\d\.\d{4}/);
    await page.keyboard.press('ArrowRight');
    await expect(cells.nth(1)).toBeFocused();
    await page.keyboard.press('End');
    await expect(cells.last()).toBeFocused();
    await page.keyboard.press('Home');
    await expect(page.locator('.app-matrix tbody th a')).toBeFocused();
  });
  await test.step('what a sign means stands below the table', async () => {
    await page.locator('.app-matrix tbody td a').first().hover();
    await expect(page.locator('.app-readout')).toHaveText(/^.+, Führer.?schein: Phase 3, Testen seit \d\d\.\d\d\.\d{4}/);
  });

  await page.getByRole('link', { name: 'Zellen ankreuzen' }).click();
  const boxes = page.locator('input[name=zellen]');
  const all = await boxes.count();
  expect(all).toBeGreaterThan(2);
  await test.step('the space bar ticks', async () => {
    await boxes.first().focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await expect(page.locator('input[name=zellen]:checked')).toHaveCount(2);
    await expect(page.getByRole('status')).toHaveText('2 Zellen angekreuzt');
    await page.locator('input[name=zeilen]').check();
    await expect(page.getByRole('status')).toHaveText(`${all} Zellen angekreuzt`);
  });
  await page.getByRole('button', { name: 'Weiter: Aufgabe wählen' }).click();
  await expect(page.getByText(`${all} Zellen angekreuzt`)).toBeVisible();

  const step = page.getByLabel('Aufgabe', { exact: true });
  const open = await step.locator('option').evaluateAll((options) => options.find((o) => { // the first that some have not done
    const [, done, whole] = o.textContent.match(/ (\d+) von (\d+)/) ?? [];
    return Number(done) < Number(whole);
  }).value);
  await step.selectOption(open);
  await page.getByLabel('Nachweis oder Notiz').fill('Sammeltermin am Vormittag');
  await page.getByRole('button', { name: 'In Arbeit: Vorschau' }).click();
  const change = page.getByRole('button', { name: /^\d+ ändern$/ });
  const n = parseInt(await change.textContent(), 10);
  await change.click();

  await expect(page).toHaveURL(/\/matrix\?.*sammelaenderung=/);
  await expect(page.getByRole('heading', { name: new RegExp(`^${n} Aufgaben? geändert$`) })).toBeVisible();
  await expect(page.locator('.hm--new')).toHaveCount(n);
  await page.getByRole('button', { name: 'Rückgängig machen' }).click();
  await expect(page.locator(".app-flash")).toContainText('Die Aufgaben stehen wieder, wie sie standen.');
  await expect(page.locator('.hm--new')).toHaveCount(0);
  expect(complaints).toEqual([]);
});

// Whoever scrolls knows which body and which service a cell belongs to: heads stay at the top, names at the left.
test('heads and names of the matrix stay in sight', async ({ page }) => {
  await signIn(page, 'land', '/matrix');
  const head = page.locator('.app-matrix thead tr').last().locator('th').last();
  const name = page.locator('.app-matrix tbody th a').last();
  const place = (thing) => thing.evaluate((e) => e.closest('th').getBoundingClientRect().toJSON());

  await page.setViewportSize({ width: 1440, height: 420 });
  await page.locator('.app-matrix tbody tr').last().evaluate((row) => row.scrollIntoView({ block: 'center' }));
  const top = () => page.locator('.app-matrix').evaluate((e) => e.getBoundingClientRect().top);
  await expect.poll(top).toBeLessThan(-100); // the table is scrolled, its head is not
  await expect.poll(async () => (await place(head)).top).toBeGreaterThanOrEqual(0);
  expect((await place(head)).bottom).toBeLessThan(120);

  await page.setViewportSize({ width: 390, height: 844 });
  const wrap = page.locator('.app-matrix-wrap');
  await wrap.scrollIntoViewIfNeeded();
  await wrap.evaluate((e) => { e.scrollLeft = e.scrollWidth; });
  const edge = await wrap.evaluate((e) => e.getBoundingClientRect().left);
  expect((await place(name)).left - edge).toBeLessThan(3);
  expect((await place(head)).left).toBeLessThan(390);
});
