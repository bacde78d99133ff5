// Answer once: a certificate in the profile finishes its task in every checklist, and a key never gets in.
import { expect, test } from '@playwright/test';
import { signIn } from './portal.mjs';

test('a town states its certificate once', async ({ page }) => {
  await signIn(page, 'k16077', '/kommunen/16077/profil');
  await page.getByRole('link', { name: 'Zertifikat eintragen' }).click();

  await page.getByLabel('Zertifikat als Text').fill('-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----');
  await page.getByRole('button', { name: 'Einlesen' }).click();
  await expect(page.getByText('privater Schlüssel').first()).toBeVisible();
  expect(await page.content()).not.toContain('MIGHAgEA');

  await page.getByLabel('OSCI-Empfang').check();
  await page.getByLabel('Inhaber').fill('CN=GRP: Testbehörde 2026-OSCI');
  await page.getByLabel('Aussteller').fill('CN=Test-CA');
  await page.getByLabel('Fingerabdruck').fill('ab'.repeat(32));
  await page.getByLabel('Gültig ab').fill('1.12.2025');
  await page.getByLabel('Gültig bis').fill('1.12.2030');
  await page.getByLabel('Schlüssel verwahrt').fill('IT-Abteilung');
  await page.getByRole('button', { name: 'Speichern' }).click();

  await expect(page.getByRole('status')).toContainText('gilt sofort');
  await expect(page.getByText('AB:AB:AB').first()).toBeVisible();
  await page.getByRole('button', { name: 'Angaben bestätigen' }).click();
  await expect(page.getByRole('status')).toContainText('bestätigt');
});
