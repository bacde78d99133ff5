// Stands in for the program `typst` on a developer's machine: the same compiler, from npm, with the arguments that the
// portal gives. The package carries the compiler for Linux on x64; elsewhere install typst and set PORTAL_TYPST.
// Usage: node typst.mjs compile --pdf-standard S --creation-timestamp N --root DIR IN OUT
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'

const { NodeCompiler } = createRequire(import.meta.url)('@myriaddreamin/typst-ts-node-compiler-linux-x64-gnu')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'pdf-standard': { type: 'string' }, 'creation-timestamp': { type: 'string' }, root: { type: 'string' } },
})
const [verb, source, target] = positionals
if (verb !== 'compile' || !target) throw new Error('usage: typst.mjs compile [options] IN OUT')

const compiler = NodeCompiler.create({ workspace: values.root })
const compiled = compiler.compile({ mainFilePath: source })
if (!compiled.result) {
  compiled.printErrors()
  process.exit(1)
}
writeFileSync(target, compiler.pdf(compiled.result, {
  pdfStandard: values['pdf-standard'],
  creationTimestamp: Number(values['creation-timestamp']),
}))
