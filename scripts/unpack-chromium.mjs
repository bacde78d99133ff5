// Unpacks the Chromium of @sparticuz/chromium, made for bare machines: besides the browser it brings the few
// libraries and the font such machines lack. Usage: unpack-chromium.mjs <folder of .br files> <target>
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

const [source, target] = process.argv.slice(2);
const unpacked = resolve(target, 'unpacked');
mkdirSync(unpacked, { recursive: true });

for (const file of readdirSync(source)) {
  const path = join(unpacked, file.replace(/\.br$/, ''));
  writeFileSync(path, brotliDecompressSync(readFileSync(join(source, file))));
  if (path.endsWith('.tar')) execFileSync('tar', ['-xf', path, '-C', unpacked, '--no-same-owner']);
}
chmodSync(join(unpacked, 'chromium'), 0o755);

writeFileSync(join(unpacked, 'fonts.conf'), `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${unpacked}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`);
writeFileSync(join(target, 'chromium'), `#!/bin/sh
# Written by scripts/unpack-chromium.mjs. The system's own libraries come first.
export LD_LIBRARY_PATH="\${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}${unpacked}/lib"
export FONTCONFIG_FILE="${unpacked}/fonts.conf"
exec "${unpacked}/chromium" "$@"
`, { mode: 0o755 });
