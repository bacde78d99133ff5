// The main job, end to end and without JavaScript: the Land adds a service, a second person publishes it, the
// ministry asks TLRZ, reviews and decides with four eyes under an Auflage, a Vermerk stays, the Land rolls in, a town
// works its checklist, the Lagebild moves. Everybody has a browser of their own.
import { expect, test } from '@playwright/test';
import { signIn } from './portal.mjs';

test.use({ javaScriptEnabled: false, viewport: { width: 1440, height: 900 } });

// as opens a browser of its own for a person.
async function as(browser, login, path) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, login, path);
  return page;
}

test('a service goes from the catalogue to a town', async ({ browser }) => {
  const name = 'Waffenbesitzkarte ' + Date.now();
  const land = await as(browser, 'land', '/leistungen/neu');

  await test.step('a form that does not hold comes back with what was typed', async () => {
    await land.getByLabel('OZG-ID').fill('123');
    await land.getByRole('button', { name: 'Speichern' }).click();
    await expect(land.getByRole('alert')).toContainText('Geben Sie den Namen der Leistung ein.');
    await expect(land.getByLabel('OZG-ID')).toHaveValue('123');
  });

  await test.step('the Land adds the service', async () => {
    await land.getByLabel('Name der Leistung').fill(name);
    await land.getByLabel('OZG-ID').fill('10151');
    await land.getByLabel('Entscheidendes Fachressort').selectOption('TMIKL');
    await land.getByLabel('Nur kreisfreie Städte').check();
    await land.getByLabel('FIT-Connect').check();
    await land.getByLabel('Nutzungserklärung nötig').check();
    await land.getByRole('button', { name: 'Speichern' }).click();
    await expect(land.getByRole('heading', { level: 1 })).toHaveText(name);
    await expect(land.getByText('Kreisebene, nur kreisfreie Städte')).toBeVisible();
  });
  const service = new URL(land.url()).pathname;

  await test.step('a town does not see the draft; a second person publishes it', async () => {
    const town = await as(browser, 'k16051', service);
    await expect(town.getByRole('heading', { level: 1 })).toHaveText('Seite nicht gefunden');
    await expect(land.getByRole('button', { name: 'Veröffentlichen' })).toHaveCount(0);
    await expect(land.getByText('Veröffentlichen muss eine zweite Person')).toBeVisible();
    const second = await as(browser, 'land2', service);
    await second.getByRole('button', { name: 'Veröffentlichen' }).click();
    await expect(second.getByRole('status')).toContainText('veröffentlicht');
    await town.goto(service);
    await expect(town.getByRole('heading', { level: 1 })).toHaveText(name);
  });

  await test.step('the Land asks the ministry', async () => {
    await land.goto(service);
    await land.getByRole('link', { name: 'Nachnutzungsentscheidung anfragen' }).click();
    await land.getByLabel('Anlass').fill('Planung 2027');
    await land.getByRole('button', { name: 'Entscheidung anfragen' }).click();
    await expect(land.getByRole('status')).toContainText('angefragt');
  });
  const decision = new URL(land.url()).pathname;

  const referat = await as(browser, 'tmikl-referat', decision);
  await test.step('submitting too early names what is missing', async () => {
    await referat.getByRole('button', { name: 'Zur Entscheidung einreichen' }).click();
    await expect(referat.getByRole('alert').getByRole('link')).toHaveCount(7);
  });

  await test.step('the Referat asks TLRZ, which answers in its queue', async () => {
    await referat.goto(decision);
    await referat.getByRole('link', { name: 'TLRZ oder KIV fragen' }).click();
    await referat.getByLabel('Thüringer Landesrechenzentrum').check();
    await referat.getByLabel('Ihre Frage').fill('Trägt der Transportweg bis ins Fachverfahren?');
    const due = referat.getByLabel('Antwort erbeten bis');
    const proposed = await due.inputValue();
    await due.fill('');
    await referat.getByRole('button', { name: 'Um Stellungnahme bitten' }).click();
    await expect(referat.getByRole('alert')).toContainText('Geben Sie ein Datum ein');
    await due.fill(proposed);
    await referat.getByRole('button', { name: 'Um Stellungnahme bitten' }).click();
    await expect(referat.locator('main')).toContainText('Wartet auf TLRZ');
    const tlrz = await as(browser, 'tlrz', '/stellungnahmen');
    await tlrz.getByRole('link', { name }).click();
    await tlrz.getByLabel('Positiv mit Auflagen').check();
    await tlrz.getByLabel('Stellungnahme', { exact: true }).fill('Mit einem Test über FIT-Connect.');
    await tlrz.getByRole('button', { name: 'Stellungnahme abgeben' }).click();
    await expect(tlrz.getByRole('status')).toBeVisible();
  });

  await test.step('the Referat compares Nachnutzung with today', async () => {
    await referat.goto(`${decision}/wirtschaftlichkeit/grundlagen`);
    await referat.getByRole('button', { name: 'Grundlagen speichern' }).click();
    for (const [path, sum] of [['nachnutzung', '-5'], ['nachnutzung', '31.000,50'], ['weiter-wie-bisher', '58.000']]) {
      await referat.goto(`${decision}/wirtschaftlichkeit/${path}`);
      await referat.getByLabel('Bezeichnung').fill('Betrieb');
      await referat.getByLabel('Art').selectOption('Kosten, je Jahr');
      await referat.getByLabel('Betrag in Euro').fill(sum);
      await referat.getByLabel('Quelle für Betrag 1').fill('Angebot vom 12.01.2027');
      await referat.getByRole('button', { name: 'Beträge speichern' }).click();
      if (sum === '-5') await expect(referat.getByRole('alert')).toContainText('ohne Minus');
    }
    await expect(referat.locator('main')).toContainText('Die Nachnutzung kostet in 5 Jahren 134.998 € weniger');
  });

  await test.step('the Referat enters four reviews and submits', async () => {
    for (const kind of ['fachlich', 'technisch', 'datenschutz', 'wirtschaftlichkeit']) {
      await referat.goto(`${decision}/pruefungen/${kind}`);
      if (kind === 'technisch') await expect(referat.getByLabel('Vermerk')).toHaveValue(/TLRZ.*Mit einem Test über FIT-Connect/);
      if (kind === 'datenschutz') await referat.getByLabel('Ja', { exact: true }).check();
      await referat.getByLabel('Positiv', { exact: true }).check();
      await referat.getByRole('button', { name: 'Prüfung speichern' }).click();
    }
    await referat.goto(decision);
    await referat.getByRole('button', { name: 'Zur Entscheidung einreichen' }).click();
    await expect(referat.getByRole('status')).toContainText('eingereicht');
  });

  await test.step('who submitted cannot decide, and neither can the Land', async () => {
    await referat.goto(decision + '/beschluss');
    await expect(referat.locator('main')).toContainText('Vier-Augen-Prinzip');
    await land.goto(decision + '/beschluss');
    await expect(land.getByRole('heading', { level: 1 })).toHaveText('Dafür fehlt Ihnen die Berechtigung');
  });

  await test.step('the Leitung decides with an Auflage, after a summary, and the Vermerk stays', async () => {
    const leitung = await as(browser, 'tmikl-leitung', decision + '/beschluss');
    await leitung.getByLabel('Nachnutzung mit Auflagen beschließen', { exact: true }).check();
    await leitung.getByLabel('Auflage 1', { exact: true }).fill('Vor dem Start einen Test über FIT-Connect bestehen');
    await leitung.getByLabel('Zuständig').fill('TLRZ');
    await leitung.getByLabel('Frist').fill('31.12.2030');
    await leitung.getByLabel('Grund', { exact: true }).selectOption('Wirtschaftlicher als die Alternativen');
    await leitung.getByLabel('Begründung').fill('Wirtschaftlich und fachlich geeignet.');
    await leitung.getByRole('button', { name: 'Weiter zur Zusammenfassung' }).click();
    await leitung.getByRole('button', { name: 'Verbindlich entscheiden' }).click();
    await expect(leitung.getByRole('status')).toContainText('beschlossen');
    await leitung.getByRole('link', { name: 'Vermerk', exact: true }).click();
    await expect(leitung.locator('main')).toContainText('Vor dem Start einen Test über FIT-Connect bestehen');
    await expect(leitung.locator('main')).toContainText(/[0-9a-f]{64}/);
  });

  await test.step('the Land plans the roll-in part by part and starts it', async () => {
    await land.goto(service + '/roll-in/start');
    await expect(land.locator('main')).toContainText('25 Schritte × 5 Kommunen');
    await land.getByRole('button', { name: 'Weiter zu den Wellen' }).click();
    await expect(land.getByRole('heading', { name: 'Welche Einheit gehört in welche Welle?' })).toBeVisible();
    await land.getByRole('button', { name: 'Weiter zu den Terminen' }).click();
    await land.getByRole('button', { name: 'Termine berechnen' }).click();
    await expect(land.locator('main')).toContainText('Alle Termine passen');
    await land.getByRole('button', { name: 'Weiter zum Schreiben' }).click();
    await expect(land.getByRole('heading', { name: 'So liest es Erfurt' })).toBeVisible();
    await land.getByRole('button', { name: 'Weiter zur Vorschau' }).click();
    await land.getByRole('button', { name: 'Roll-in starten' }).click();
    await expect(land.getByRole('status')).toContainText('gestartet');
  });

  const checklist = `/kommunen/16051${service}`;
  const town = await as(browser, 'k16051', checklist);
  await test.step('a step waits for the Land', async () => {
    await expect(town.locator('main')).toContainText('Möglich, sobald');
  });

  await test.step('the Land prepares', async () => {
    for (const key of ['l_funding', 'l_contract', 'l_guide']) {
      await land.goto(`${service}/schritte/${key}`);
      await land.getByLabel('Erledigt').check();
      await land.getByLabel('Nachweis', { exact: true }).fill('Akte 52-2027');
      await land.getByRole('button', { name: 'Speichern' }).click();
      await expect(land.getByRole('status')).toBeVisible();
    }
  });

  await test.step('the town confirms its participation', async () => {
    await town.goto(checklist + '/aufgaben/k_kickoff');
    await town.getByLabel('Erledigt').check();
    await town.getByRole('button', { name: 'Speichern' }).click();
    await expect(town.getByRole('alert')).toContainText('Nachweis');
    await town.getByLabel('Nachweis', { exact: true }).fill('Kontaktliste vom 12.01.');
    await town.getByRole('button', { name: 'Speichern' }).click();
    await expect(town.getByRole('status')).toBeVisible();
    await town.goto(checklist);
    await expect(town.locator('main')).toContainText('1 von');
  });

  await test.step('the Land returns what the town hands in, with a reason, and accepts it the second time', async () => {
    const declaration = checklist + '/aufgaben/k_declaration';
    const files = town.getByRole('region', { name: 'Dateien als Nachweis' });
    const form = town.locator('form', { has: town.getByRole('button', { name: 'Speichern' }) });
    const handIn = async (text) => {
      await form.getByLabel('Zur Prüfung').check();
      await form.getByLabel('Nachweis', { exact: true }).fill(text);
      await form.getByRole('button', { name: 'Speichern' }).click();
      await expect(town.getByRole('status')).toBeVisible();
    };
    const judge = async (verdict, reason) => {
      await land.goto(declaration);
      await land.getByLabel(verdict).check();
      if (reason) await land.getByLabel('Was fehlt noch?').fill(reason);
      await land.getByRole('button', { name: 'Speichern' }).click();
      await expect(land.getByRole('status')).toBeVisible();
    };
    await town.goto(declaration);
    await files.getByLabel('Datei', { exact: true }).setInputFiles({ name: 'Erklärung.pdf', mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.7\n% ${name}\n%%EOF\n`) });
    await files.getByLabel('Gültig bis').fill('31.12.2030');
    await files.getByRole('button', { name: 'Datei hochladen' }).click();
    await expect(town.getByRole('status')).toContainText('hochgeladen');
    await handIn('Erklärung vom 12.01.');
    await judge('Zurückgeben', 'Es fehlt die Unterschrift der zeichnungsbefugten Person.');
    await town.goto(declaration);
    await expect(town.locator('main')).toContainText('Es fehlt die Unterschrift der zeichnungsbefugten Person.');
    await handIn('Erklärung vom 14.01., unterschrieben');
    await judge('Annehmen');
    await town.goto(declaration);
    await expect(town.getByText('Erledigt', { exact: true }).first()).toBeVisible();
  });

  await test.step('two people on one step: the second sees what the first did', async () => {
    const colleague = await as(browser, 'k16051-b', checklist + '/aufgaben/k_process');
    await town.goto(checklist + '/aufgaben/k_process');
    await colleague.getByLabel('In Arbeit').check();
    await colleague.getByRole('button', { name: 'Speichern' }).click();
    await expect(colleague.getByRole('status')).toBeVisible();
    await town.getByLabel('Erledigt').check();
    await town.getByLabel('Nachweis', { exact: true }).fill('Prozessbeschreibung');
    await town.getByRole('button', { name: 'Speichern' }).click();
    await expect(town.locator('main')).toContainText('inzwischen');
    await expect(town.locator('main')).toContainText('Prozessbeschreibung');
  });

  await test.step('a neighbour does not find the checklist', async () => {
    const neighbour = await as(browser, 'k16052', checklist);
    await expect(neighbour.getByRole('heading', { level: 1 })).toHaveText('Seite nicht gefunden');
    const abroad = await as(browser, 'd-land', service);
    await expect(abroad.getByRole('heading', { level: 1 })).toHaveText('Seite nicht gefunden');
  });

  await test.step('the Lagebild has the service', async () => {
    await land.goto('/lagebild');
    await expect(land.locator('main')).toContainText(name);
  });
});

test('a keyboard is enough to sign in and open the menu', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await signIn(page, 'k16051');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Zum Inhalt springen' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Menü' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Leistungen' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Leistungen');
});
