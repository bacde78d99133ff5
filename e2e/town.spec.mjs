// What a town and the Land do with each other, without JavaScript where a phone is named: many bodies at once, an
// answer that helps others, and an obstacle that is known already.
import { expect, test } from '@playwright/test';
import { signIn } from './portal.mjs';

const phone = { javaScriptEnabled: false, viewport: { width: 390, height: 844 } };

async function as(browser, login, path, how = phone) {
  const context = await browser.newContext(how);
  const page = await context.newPage();
  await signIn(page, login, path);
  return page;
}

test('the Land sets a step for nine bodies, and takes it back', async ({ browser }) => {
  const land = await as(browser, 'land', '/leistungen/bildung-und-teilhabe/roll-in', { javaScriptEnabled: false });
  await land.getByRole('link', { name: 'Einen Schritt für viele Einheiten setzen' }).click();
  await land.getByRole('link', { name: 'Mandant konfigurieren' }).click();
  const boxes = land.getByRole('checkbox');
  for (let i = 0; i < 9; i++) await boxes.nth(i).check();
  await land.getByLabel('Nachweis oder Notiz').fill('Auftrag 17');
  await land.getByRole('button', { name: 'Erledigt: Vorschau' }).click();
  await expect(land.getByRole('heading', { name: / ausgelassen$/ })).toBeVisible();
  const change = land.getByRole('button', { name: /^\d+ ändern$/ });
  const n = (await change.innerText()).trim().split(' ')[0];
  await change.click();
  await expect(land.getByRole('status')).toBeVisible();
  await expect(land.getByRole('region', { name: 'Alt und neu' }).locator('tbody tr')).toHaveCount(Number(n));
  await land.getByRole('button', { name: /Rückgängig|rückgängig/ }).click();
  await expect(land.locator('main')).toContainText(/rückgängig gemacht/i);
});

test('an answer becomes help for all', async ({ browser }) => {
  const words = `Wie viele Testfälle brauchen wir? ${Date.now()}`;
  const town = await as(browser, 'k16062', '/');
  const first = town.getByRole('region', { name: 'Das ist jetzt wichtig' });
  const step = await first.getByRole('heading', { level: 3 }).getByRole('link').getAttribute('href');
  await first.locator('summary', { hasText: 'Frage stellen' }).click();
  await first.getByLabel('Ihre Frage').fill(words);
  await first.getByRole('button', { name: 'Frage senden' }).click();
  await expect(town.getByRole('status')).toBeVisible();

  const land = await as(browser, 'land', '/fragen');
  await land.getByRole('link', { name: new RegExp(words.slice(0, 30).replace('?', '\\?')) }).first().click();
  await land.getByLabel('Ihre Antwort').fill('Drei genügen, einer davon mit Rückfrage.');
  await land.getByRole('button', { name: 'Antwort senden' }).click();
  await land.getByRole('link', { name: 'Antwort als Hilfe veröffentlichen' }).click();
  await land.getByLabel('Frage', { exact: true }).fill(words);
  await land.getByRole('button', { name: 'Für alle veröffentlichen' }).click();
  await expect(land.getByRole('status')).toBeVisible();

  const other = await as(browser, 'k16063', step.replace('16062', '16063'));
  await expect(other.locator('main')).toContainText(words);
});

test('an obstacle that is known is offered while somebody types', async ({ browser }) => {
  const town = await as(browser, 'k16062', '/huerden/melden?einheit=16062&leistung=bildung-und-teilhabe&aufgabe=k_release', { viewport: { width: 390, height: 844 } });
  await town.getByRole('textbox').first().pressSequentially('Fragebogen verlangt unbekannte Angaben', { delay: 5 });
  const offer = town.locator('[data-similar]');
  await expect(offer).toContainText('Der Fragebogen verlangt Angaben');
  await town.getByRole('group', { name: 'Können Sie an der Aufgabe weiterarbeiten?' }).getByRole('radio').first().check();
  await offer.getByRole('button', { name: /etrifft uns auch/ }).first().click();
  await expect(town.getByRole('status')).toBeVisible();
  await expect(town.locator('main')).toContainText('Der Fragebogen verlangt Angaben');
});
