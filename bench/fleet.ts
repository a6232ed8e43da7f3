import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PLATFORM_FILE, toolFile } from '../src/model/layout.ts';

/** The files of a config repo with so many tools of one to three components, all built: path to text. */
export function* fleetFiles(count: number): Generator<readonly [path: string, text: string]> {
  yield [PLATFORM_FILE, platformText(count)];
  for (let index = 0; index < count; index += 1) {
    const tool = toolName(index);
    yield [toolFile(tool, 'toolforge.yaml'), specText(tool, index)];
    yield [toolFile(tool, 'images.yaml'), imagesText(tool)];
    // A uid of its own for each: drawn by hash, some of so many would be the same.
    yield [toolFile(tool, 'tenant.yaml'), `uid: ${100_000 + index}\n`];
  }
}

export function writeFleet(folder: string, count: number): void {
  for (const [path, text] of fleetFiles(count)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

export function toolName(index: number): string {
  return `tool-${String(index).padStart(6, '0')}`;
}

function platformText(count: number): string {
  return `domain: toolforge.org
config_repo:
  url: https://gitea.example.org/toolforge/config.git
  web_url: https://gitea.example.org/toolforge/config
registry:
  host: registry.example.org
shards: ${Math.max(1, Math.ceil(count / 250))}
`;
}

/** A web tool; every other one with a job, every third with a bot as well. */
function specText(tool: string, index: number): string {
  return [
    `config_version: v1beta1
components:
  web:
    build:
      repository: https://gitea.example.org/tools/${tool}
      ref: main
    run:
      command: web --workers 2
      port: 8000
      publish: /
      health_check_http: /healthz
`,
    index % 2 === 0 ? '' : JOB,
    index % 3 === 0 ? BOT : '',
  ].join('');
}

const JOB = `  nightly:
    component_type: scheduled
    build:
      reuse_from: web
    run:
      command: python3 -m jobs.nightly --all
      schedule: "@daily"
      retry: 2
`;
const BOT = `  bot:
    build:
      reuse_from: web
    run:
      command: python3 bot.py
      memory: 256Mi
      mount: all
      filelog: true
`;

function imagesText(tool: string): string {
  const digest = createHash('sha256').update(tool).digest('hex');
  return `components:
  web:
    image: registry.example.org/tool-${tool}/web@sha256:${digest}
    source:
      repository: https://gitea.example.org/tools/${tool}
      ref: main
      commit: ${digest.slice(0, 40)}
    built_at: '2026-11-24T10:00:00Z'
`;
}
