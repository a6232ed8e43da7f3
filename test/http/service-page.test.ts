import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BODY_LIMIT, WEBHOOK_LIMIT } from '../../src/http/api.ts';
import { PROBLEMS } from '../../src/http/problem.ts';
import { fleetFiles } from '../support/fleet-files.ts';
import { memoryConfigRepo } from '../support/memory-config-repo.ts';
import { serviceRig } from '../support/service-rig.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/service.md'), 'utf8');
const rig = serviceRig(memoryConfigRepo(await fleetFiles(['hello'])));

/** The names in the first column of the page's tables. */
const firstCells = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''));

function sources(folder: string): readonly string[] {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'));
}

/** An error's code among those of the system, not a variable. */
const NOT_VARIABLES = ['TFG_PRIVATE_ADDRESS'];

describe('docs/service.md', () => {
  test('names every variable that the program reads, and no other', () => {
    const inCode = sources('src').flatMap((text) => text.match(/\bTFG_[A-Z]+(?:_[A-Z]+)*\b/g) ?? []);
    const read = [...new Set(inCode)].filter((name) => !NOT_VARIABLES.includes(name)).sort();
    expect(firstCells.filter((name) => name.startsWith('TFG_')).sort()).toEqual(read);
  });

  test('names every metric of ours, and no other', async () => {
    const text = await rig.metrics();
    const made = [...text.matchAll(/^# TYPE (tfg_\w+) /gm)].map(([, name]) => name ?? '');
    expect(made.length).toBeGreaterThan(10);
    expect(firstCells.filter((name) => name.startsWith('tfg_')).sort()).toEqual(made.sort());
  });

  test('names every request, and no other', async () => {
    const { paths } = (await (await rig.get('/openapi.json')).json()) as { paths: Record<string, object> };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(firstCells.filter((name) => /^[A-Z]+ \//.test(name)).sort()).toEqual(routes.sort());
  });

  test('names every code with its status, and no other', () => {
    const rows = [...page.matchAll(/^\| (\d{3}) \| ([^|]+) \|/gm)].flatMap(([, status, codes = '']) =>
      [...codes.matchAll(/`([\w-]+)`/g)].map(([, code]) => [code, Number(status)]),
    );
    const known = Object.entries(PROBLEMS).map(([code, { status }]) => [code, status]);
    expect(rows.sort()).toEqual(known.sort());
  });

  test('tells the limits that are in force', () => {
    expect(page).toContain(`${BODY_LIMIT / 1024} KiB a body, ${WEBHOOK_LIMIT / 2 ** 20} MiB a webhook's`);
  });
});
