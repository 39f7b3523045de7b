// Bundles src/ into dist/: one page, one script, one style sheet and the licences of what is inside.
// The same sources and lock file give the same bytes on every machine.

import { build } from 'esbuild';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { licenceNotice } from './licenses.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const LIMIT = { 'graphiql.js': 450_000, 'graphiql.css': 20_000 };
const UNKNOWN_SYSTEM = 255;

/** The fonts inside GraphiQL's style sheet are three quarters of it; the page uses the system's. */
const withoutFonts = {
  name: 'without-fonts',
  setup({ onLoad }) {
    onLoad({ filter: /graphiql[\\/]dist[\\/]style\.css$/ }, async ({ path }) => {
      const css = await readFile(path, 'utf8');
      return { contents: css.replace(/@font-face\s*\{[^}]*\}/g, ''), loader: 'css' };
    });
  },
};

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: { graphiql: 'src/main.jsx' },
  outdir: 'dist',
  bundle: true,
  format: 'iife',
  target: ['es2022', 'chrome109', 'firefox115', 'safari16.4'],
  minify: true,
  charset: 'utf8',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  alias: {
    // Markdown only decodes entities; the package's main file also brings the tables to encode them.
    entities: 'entities/lib/decode.js',
    'react-style-singleton': './src/shims/react-style-singleton.js',
  },
  plugins: [withoutFonts],
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
});

await rm(`${root}dist`, { recursive: true, force: true });
await mkdir(`${root}dist`);
await writeFile(`${root}dist/index.html`, await readFile(`${root}src/index.html`));
await writeFile(`${root}dist/LICENSES.txt`, await licenceNotice(root, Object.keys(metafile.inputs)));
for (const { path, contents } of outputFiles) {
  const name = path.split(/[\\/]/).pop();
  await writeFile(`${root}dist/${name}.gz`, compressed(name, contents));
}

function compressed(name, contents) {
  const bytes = gzipSync(contents, { level: 9 });
  bytes[9] = UNKNOWN_SYSTEM; // The header would otherwise name the system it was made on.
  console.log(`${name}: ${contents.length} bytes, ${bytes.length} compressed`);
  if (bytes.length > LIMIT[name]) {
    throw new Error(`${name} has outgrown its limit of ${LIMIT[name]} compressed bytes.`);
  }
  return bytes;
}
