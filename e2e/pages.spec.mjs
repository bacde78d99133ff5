// Every page of every role: axe finds nothing on a desktop and at 320 px (400 % zoom), nothing scrolls sideways, the browser
// does not complain. With PICTURES=1 a picture of each page at 1440 and 390 px is kept.
import { expect, test } from '@playwright/test';
import { inspect, listen, shoot, signIn } from './portal.mjs';

// A page is loaded narrow, as on a phone, and looked at wide and narrow: loading it twice would prove nothing more.
const widths = [1440, 320];
test.use({ viewport: { width: 320, height: 900 } });

const legal = ['/impressum', '/datenschutz', '/barrierefreiheit', '/barriere-melden', '/leichte-sprache', '/gebaerdensprache', '/hilfe', '/hilfe/kommunen'];

// What each role looks at. "first:" follows the first link of a list to a page whose address is not known beforehand.
const tours = {
  land: ['/', '/lagebild?ansicht=praesentation&seite=1', '/lagebild?ansicht=praesentation&seite=2', '/lagebild?ansicht=praesentation&seite=3', '/bericht', '/bericht/liste?kennzahl=bericht-in-arbeit', '/leistungen/fuehrerschein/roll-in/prognose', '/kommunen/16054/leistungen/fuehrerschein/termin', '/matrix', '/matrix?leistung=wohngeld&art=landkreis', '/matrix?leistung=wohngeld&ankreuzen=ja', '/einstellungen', '/einstellungen/anmelderegeln', '/einstellungen/seiten', '/einstellungen/seiten/barrierefreiheit', '/einstellungen/barrieren', '/einstellungen/loeschfristen', '/einstellungen/personen', 'first:/einstellungen/personen/', 'first:/loeschantraege/',
    '/leistungen/wohngeld/roll-in/aufgaben', '/leistungen/wohngeld/roll-in/aufgaben/k_hypercare',
    '/roll-in?stand=nicht-bestaetigt', '/leistungen', '/leistungen/wohngeld', '/leistungen/wohngeld/bearbeiten',
    '/leistungen/neu', '/leistungen/wohngeld/roll-in', '/leistungen/wohngeld/schritte/l_funding',
    '/leistungen/eheschliessung-und-beurkundung/roll-in/start',
    '/leistungen/eheschliessung-und-beurkundung/roll-in/start/wellen',
    '/leistungen/eheschliessung-und-beurkundung/roll-in/start/termine',
    '/leistungen/eheschliessung-und-beurkundung/roll-in/start/schreiben',
    '/leistungen/eheschliessung-und-beurkundung/roll-in/start/vorschau',
    '/leistungen/eheschliessung-und-beurkundung/pilotaufruf', '/leistungen/geburtsurkunde-und-bescheinigung/roll-in',
    '/leistungen/geburtsurkunde-und-bescheinigung/roll-in/auswertung',
    '/leistungen/geburtsurkunde-und-bescheinigung/roll-in/aufnahme', '/kommunen', '/kommunen/16054',
    '/kommunen/16053/profil', '/kommunen/16054/leistungen/wohngeld', '/kommunen/16054/leistungen/wohngeld/stand'],
  land2: ['/aufgaben', '/aufgaben?status=ueberfaellig', '/roll-in', '/roll-in?stand=blockiert', '/huerden', '/huerden/1',
    '/fragen', '/fragen?stand=gestellt', 'first:/fragen/', '/wartet-auf', '/wartet-auf/TLRZ', '/aufgaben?status=wartet', '/aufgaben?status=pruefen',
    '/entscheidungen', '/entscheidungen?stand=offen', '/entscheidungen/grundsatz', '/entscheidungen/grundsatz/1',
    '/entscheidungen/grundsatz/neu', '/entscheidungen/neu', 'first:/entscheidungen/', '/auflagen',
    '/auflagen?stand=ueberfaellig', 'first:/auflagen/', '/fristen', '/leistungen/einbuergerung/finanzierung',
    '/leistungen/einbuergerung/finanzierung/neu', 'first:/leistungen/einbuergerung/finanzierung/', '/organisationen', '/organisationen/16051/mitglieder', '/mitteilungen', '/mitteilungen/versand', '/demo/post', '/umfragen', 'first:/umfragen/', '/umfragen/neu', '/umfragen/produkte', '/termine', 'first:/termine/', '/termine/neu', '/termine?zeit=vergangen',
    '/gibt-es-nicht'],
  redaktion: ['/', '/kennzahlen', '/suche?q=Zertifikat', '/matrix/ansichten?ansicht=leistung%3Dwohngeld', '/leistungen/wohngeld'],
  'tmdi-referat': ['/', '/entscheidungen', 'first:/entscheidungen/', '/lagebild', '/leistungen/wohngeld', '/leistungen/wohngeld/bearbeiten', '/aufgaben', '/leistungen/neu'],
  'tmuenf-referat': ['first:/entscheidungen/', 'under:/wirtschaftlichkeit', 'under:/wirtschaftlichkeit/nachnutzung', 'under:/wirtschaftlichkeit/grundlagen', 'under:/pruefungen/datenschutz', 'under:/stellungnahmen/neu', '/entscheidungen/vertretung'],
  tlkt: ['/', 'first:/stellungnahmen/'],
  'tmbwk-leitung': ['/', 'first:/entscheidungen/', 'under:/beschluss'],
  'tmikl-leser': ['/', '/entscheidungen', 'first:/entscheidungen/', 'under:/vermerk'],
  k16066: ['/organisationen/16066/mitglieder', 'first:/loeschantraege/'],
  k16054: ['/', '/leistungen/eheschliessung-und-beurkundung/pilotaufruf', '/kommunen/16054/leistungen/geburtsurkunde-und-bescheinigung', '/kommunen/16054/leistungen/geburtsurkunde-und-bescheinigung/schreiben', '/leistungen', '/leistungen/fuehrerschein', '/aufgaben?alle=ja', '/kalender', '/kommunen/16054', '/kommunen/16054/leistungen/fuehrerschein',
    '/kommunen/16054/leistungen/fuehrerschein?gruppe=saeule', '/kommunen/16054/leistungen/fuehrerschein?gruppe=frist',
    '/kommunen/16054/leistungen/fuehrerschein/aufgaben/k_test_func', '/kommunen/16054/leistungen/fuehrerschein/aufgaben/k_test_func/nachweise', '/kommunen/16054/leistungen/fuehrerschein/aufgaben/k_test_func/abgeben', '/kommunen/16054/leistungen/fuehrerschein/produktiv',
    '/kommunen/16054/leistungen/fuehrerschein/stand', '/huerden', '/huerden/melden?einheit=16054&leistung=fuehrerschein&aufgabe=k_test_func', '/fragen', '/fragen/stellen?einheit=16054&leistung=fuehrerschein', '/kommunen/16054/leistungen/fuehrerschein/austausch', '/erfahrungen', '/leistungen/wohngeld', '/kommunen/16054/leistungen/wohngeld/erfahrung', '/kommunen/16051', '/lagebild', '/wartet-auf'],
  k16051: ['first:/umfragen/', 'first:/termine/', '/pruefpunkte'],
  k16053: ['/', '/kommunen/16053/profil', '/kommunen/16053/profil/zertifikat/neu', '/kommunen/16053/profil/ansprechperson/neu', '/kommunen/16053/profil/dms/neu', '/kommunen/16053/leistungen/wohngeld/aufgaben/k_cert', '/kommunen/16053/leistungen/wohngeld/aufgaben/k_cert/ausnahme'],
  'k16054-b': ['/', '/mitteilungen', '/profil', '/profil/sitzungen', '/profil/auskunft', '/mitteilungen/einstellungen', '/kommunen/16054/leistungen/aufenthaltstitel'],
  tlrz: ['/', '/lagebild', '/kommunen', '/leistungen'],
  gremium: ['/', '/lagebild?ansicht=praesentation&seite=1', '/bericht', '/suche?q=qwertz', '/leistungen', '/entscheidungen', '/entscheidungen/grundsatz/2', 'first:/entscheidungen/', 'under:/vermerk', '/huerden'],
  betreiber: ['/', '/plattform/auftraege'],
  'd-k1': ['/', '/leistungen/wohngeld'],
};

// A tour in legs that a slow machine walks in time.
const legs = Object.entries(tours).flatMap(([login, paths]) =>
  Array.from({ length: Math.ceil(paths.length / 10) }, (_, i) => [login, i + 1, paths.slice(i * 10, (i + 1) * 10)]));

test('strangers', async ({ page }) => {
  for (const path of ['/anmelden', ...legal]) {
    await page.goto(path);
    await inspect(page, `${path} as a stranger`, widths);
  }
});

for (const [login, leg, paths] of legs) {
  test(`${login} ${leg}`, async ({ page }) => {
    const complaints = listen(page);
    await signIn(page, login);
    for (const path of paths) {
      await visit(page, path);
      await expect(page.locator('h1')).toHaveCount(1);
      await expect(page.getByText('Demodaten: Alle Stände')).toBeVisible();
      await inspect(page, `${path} as ${login}`, widths);
      if (process.env.PICTURES) await pictures(page, `${login}${path.replace(/[^a-z0-9]+/gi, '-')}`);
    }
    expect(complaints.filter((c) => !c.includes('status of 40'))).toEqual([]);
  });
}

// pictures keeps a picture of the page as a desktop and as a phone show it.
async function pictures(page, name) {
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await shoot(page, `${name}--${width}`);
  }
  await page.setViewportSize({ width: 320, height: 900 });
}

const caseOf = new WeakMap();

async function visit(page, path) {
  if (path.startsWith('under:')) { // a page of the case that was visited before
    caseOf.set(page, caseOf.get(page) ?? new URL(page.url()).pathname);
    await page.goto(caseOf.get(page) + path.slice('under:'.length));
    return;
  }
  if (!path.startsWith('first:')) {
    await page.goto(path);
    return;
  }
  const list = path.slice('first:'.length);
  await page.goto(list.replace(/\/$/, ''));
  const links = await page.locator(`main a[href^="${list}"]`).evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  await page.goto(links.find((href) => /[0-9a-f-]{36}$/.test(href)));
}
