// A town uploads evidence: on a phone, with axe; nothing here needs JavaScript.
import { expect, test } from '@playwright/test';
import { inspect, shoot, signIn } from './portal.mjs';

const checklist = '/kommunen/16051/leistungen/bildung-und-teilhabe';
const name = `Protokoll ${Date.now()}.pdf`;
const paper = (text) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.7\n% ${name} ${text}\n%%EOF\n`) });

// openTask goes to the first task that may be worked on.
async function openTask(page) {
  await signIn(page, 'k16051', checklist);
  await page.locator('.app-task:has(.app-status--arbeit, .app-status--offen, .app-status--ueberfaellig) a[href*="/aufgaben/"]').first().click();
  await page.waitForURL('**/aufgaben/*');
}

test.describe('at 390 px', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('evidence is uploaded, renewed, opened and deleted', async ({ page }) => {
    await openTask(page);
    const panel = page.getByRole('region', { name: 'Dateien als Nachweis' });
    const unfold = () => panel.evaluate((p) => p.querySelectorAll('details').forEach((d) => { d.open = true; }));
    const send = async (file) => {
      await unfold();
      await panel.getByLabel('Datei', { exact: true }).setInputFiles(file);
      await panel.getByRole('button', { name: 'Datei hochladen' }).click();
    };
    await send(paper('1'));
    await expect(page.getByText('Die Datei ist hochgeladen')).toBeVisible();
    await send(paper('1'));
    await expect(page.getByText('Diese Datei liegt hier schon')).toBeVisible();
    await send(paper('2'));
    await expect(panel.getByText('Fassung 2 ·')).toBeVisible();
    await inspect(page, 'a step with files at 390 px');
    await shoot(page, 'evidence-step--390');

    const download = page.waitForEvent('download');
    await panel.getByRole('link', { name }).first().click();
    expect((await download).suggestedFilename()).toBe(name);

    await unfold();
    await panel.getByRole('button', { name: `${name}, Fassung 2 löschen` }).click();
    await expect(page.getByText('Die Datei ist gelöscht')).toBeVisible();
    await expect(panel.getByText('Fassung 2 ·')).toHaveCount(0);
  });

  test('what is no evidence comes back with a sentence', async ({ page }) => {
    await openTask(page);
    await page.goto(page.url() + '/nachweise');
    const send = async (file) => {
      await page.getByLabel('Datei', { exact: true }).setInputFiles(file);
      await page.getByRole('button', { name: 'Datei hochladen' }).click();
    };
    await send({ name: 'bild.png', mimeType: 'image/png', buffer: Buffer.from('<!doctype html><script>alert(1)</script>') });
    await expect(page.getByRole('alert')).toContainText('Erlaubt sind PDF, PNG, JPEG, ODT, DOCX und XLSX');
    await inspect(page, 'a refused file at 390 px');
    await shoot(page, 'evidence-refused--390');

    await send({ name: 'gross.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(45 << 20, '%PDF-1.7\n') });
    await expect(page.getByRole('alert')).toContainText('größer als 20 MB');
  });
});
