// The licence notice of the bundle: each licence text once, under the packages that it covers.

import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const COPYRIGHT = /^\W*(copyright\b|\(c\)).*\d{4}.*$|^\W*copyright \(c\).*$/i;
const NO_TEXT = 'These packages name their licence without its text, which stands elsewhere in this file.';
const TITLE = /^\W*(the )?(mit|isc|bsd[\w\s-]*|apache)\s*licen[cs]e(\s*\(.*\))?\W*$/i;

export async function licenceNotice(root, inputs) {
  const folders = new Set(inputs.map((path) => PACKAGE.exec(path)?.[1]).filter(Boolean));
  const packages = await Promise.all([...folders].map((folder) => readPackage(join(root, folder))));
  packages.sort((a, b) => (a.title < b.title ? -1 : 1));

  const sections = groupBy(packages, (p) => p.key).map(section).sort();
  const intro = 'The GraphiQL page contains these packages under these licences.\n';
  return [intro, ...sections].join(`\n${'-'.repeat(80)}\n\n`);
}

async function readPackage(folder) {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((name) => /^licen[cs]e/i.test(name));
  const text = file ? await readFile(join(folder, file), 'utf8') : '';
  const lines = text.replace(/\r/g, '').split('\n');
  const body = lines.filter((line) => !COPYRIGHT.test(line) && !TITLE.test(line)).join('\n').trim();
  return {
    title: `${manifest.name} ${manifest.version}`,
    licence: manifest.license,
    copyright: lines.filter((line) => COPYRIGHT.test(line)).map((line) => line.trim()),
    body,
    key: body ? fingerprint(body) : manifest.license,
  };
}

/** Line breaks, indents and quotation marks differ between copies of one text. */
function fingerprint(body) {
  return body.toLowerCase().replace(/[^a-z]+/g, ' ').trim();
}

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

function section(packages) {
  const [{ licence, body }] = packages;
  const names = packages.map((p) => [p.title, ...p.copyright].join('\n    '));
  return `${licence}\n\n${names.join('\n')}\n\n${body || NO_TEXT}\n`;
}
