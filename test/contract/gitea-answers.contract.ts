import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blobId, callRepo, type GiteaPlace } from '../support/gitea/place.ts';
import type { Seed } from '../support/gitea/push.ts';
import { READS, type ReadCase } from './gitea-answers.reads.ts';
import { WRITES, type WriteCase } from './gitea-answers.writes.ts';

export interface AnswersFactory {
  withFiles(files: Seed['files']): Promise<GiteaPlace>;
  /** Repos that refuse a write, with the status of the refusal; left out where they cannot be made. */
  readonly refusing?: Readonly<
    Record<string, { readonly status: number; readonly place: () => Promise<GiteaPlace> }>
  >;
  readonly empty?: () => Promise<GiteaPlace>;
}

const DATE = '2026-01-02T03:04:05Z';

export const ANSWERS_SEED: Seed['files'] = {
  'top.txt': 'ä\n',
  'a/b.txt': 'hi\n',
  'a/c.txt': 'c\n',
  'run.sh': { mode: '100755', text: 'true\n' },
  link: { mode: '120000', text: 'top.txt' },
  'sp #?%ä/f +&.txt': 'x\n',
};

/** Gitea's answers, the odd ones above all: what the stand-in copies, and what the real server is held to. */
export function giteaAnswers(name: string, factory: AnswersFactory): void {
  describe(`answers of Gitea: ${name}`, () => {
    const shared: { place?: GiteaPlace; head?: string } = {};
    const place = (): GiteaPlace => shared.place as GiteaPlace;
    beforeAll(async () => {
      shared.place = await factory.withFiles(ANSWERS_SEED);
      shared.head = await headOf(place());
    });
    afterAll(() => shared.place?.close());

    test.each<ReadCase>(READS)('GET $path: $status', async ({ path, status, json }) => {
      const filled = path.replaceAll('HEAD', shared.head as string).replaceAll('BRANCH', place().branch);
      const reply = await callRepo(place(), 'GET', filled);
      expect(reply.status).toBe(status);
      if (json !== undefined) expect(reply.json).toMatchObject(json);
      else expect(reply.json === undefined).toBe(status === 404 && path.startsWith('/none'));
    });

    test.each<WriteCase>(WRITES)('$name: $status', async ({ status, files, branch, raw }) => {
      const before = await headOf(place());
      const body = raw ?? { branch: branch ?? place().branch, message: 'm', files };
      expect((await callRepo(place(), 'POST', '/contents', body)).status).toBe(status);
      expect((await headOf(place())) === before).toBe(status !== 201);
    });

    detailTests(place);
    for (const [what, { status, place: make }] of Object.entries(factory.refusing ?? {})) {
      test(`a write to ${what}: ${status}`, async () => {
        const refusing = await make();
        try {
          const body = { branch: 'main', message: 'm', files: [create('new.txt', '')] };
          expect((await callRepo(refusing, 'POST', '/contents', body)).status).toBe(status);
        } finally {
          await refusing.close();
        }
      });
    }
    const { empty } = factory;
    if (empty !== undefined) emptyTest(empty);
  });
}

function create(path: string, text: string): Record<string, string> {
  return { operation: 'create', path, content: Buffer.from(text).toString('base64') };
}

async function headOf(place: GiteaPlace): Promise<string> {
  const { json } = await callRepo(place, 'GET', `/branches/${place.branch}`);
  return (json as { commit: { id: string } }).commit.id;
}

function detailTests(place: () => GiteaPlace): void {
  const post = (files: readonly unknown[], over: object = {}) =>
    callRepo(place(), 'POST', '/contents', { branch: place().branch, message: 'm', files, ...over });

  test('a write tells its commit and parent, keeps people and dates, and trims the message', async () => {
    const before = await headOf(place());
    const author = { name: 'Böt', email: 'b@example.org' };
    const committer = { name: 'Com', email: 'c@example.org' };
    const dates = { author: DATE, committer: DATE };
    const message = '\n\nsubject\n\nbody\n\nTool: x\n\n\n';
    const reply = await post([create('told.txt', 'x')], { message, author, committer, dates });
    expect(reply).toMatchObject({ status: 201, json: { commit: { sha: await headOf(place()) } } });
    const { commit } = reply.json as { commit: { parents: { sha: string }[] } };
    expect(commit.parents.map(({ sha }) => sha)).toEqual([before]);
    const kept = { message: 'subject\n\nbody\n\nTool: x\n', author: { ...author, date: DATE } };
    const log = await callRepo(place(), 'GET', `/commits?sha=${place().branch}&limit=1`);
    expect(log.json).toMatchObject([{ commit: { ...kept, committer: { ...committer, date: DATE } } }]);
  });

  test('the answer lists 30 of 40 files, a deleted one as null', async () => {
    const many = Array.from({ length: 40 }, (_, index) => create(`many/${index}`, 'x'));
    expect((await post(many)).json).toMatchObject({ files: { length: 30 } });
    const gone = { operation: 'delete', path: 'many/0', sha: blobId('x') };
    expect((await post([gone])).json).toMatchObject({ files: [null] });
  });

  test('the content that is there already makes an empty commit', async () => {
    const before = await headOf(place());
    const content = Buffer.from('ä\n').toString('base64');
    const same = { operation: 'update', path: 'top.txt', content, sha: blobId('ä\n') };
    expect((await post([same])).status).toBe(201);
    const after = await headOf(place());
    expect(after).not.toBe(before);
    const treeOf = async (commit: string) => (await callRepo(place(), 'GET', `/git/trees/${commit}`)).json;
    expect(await treeOf(after)).toMatchObject({ tree: ((await treeOf(before)) as { tree: [] }).tree });
  });

  test('an update keeps the mode', async () => {
    const content = Buffer.from('false\n').toString('base64');
    await post([{ operation: 'update', path: 'run.sh', content, sha: blobId('true\n') }]);
    const { json } = await callRepo(place(), 'GET', `/git/trees/${place().branch}`);
    const { tree } = json as { tree: { path: string; mode: string }[] };
    expect(tree.find(({ path }) => path === 'run.sh')?.mode).toBe('100755');
  });

  test('of writes at once at least one lands; the others get 403 or 500', async () => {
    const before = await headOf(place());
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, index) => post([create(`race/${index}`, 'x')])),
    );
    const landed = replies.filter(({ status }) => status === 201).length;
    expect(landed).toBeGreaterThan(0);
    expect(landed).toBeLessThan(8);
    for (const { status } of replies) expect([201, 403, 500]).toContain(status);
    const log = await callRepo(place(), 'GET', `/commits?sha=${place().branch}&not=${before}&limit=50`);
    expect(log.json).toHaveLength(landed);
  });
}

function emptyTest(empty: () => Promise<GiteaPlace>): void {
  test('an empty repo', async () => {
    const place = await empty();
    try {
      expect(await callRepo(place, 'GET', '')).toMatchObject({ status: 200, json: { empty: true } });
      expect((await callRepo(place, 'GET', '/branches/main')).status).toBe(404);
      expect((await callRepo(place, 'GET', '/contents/a')).status).toBe(404);
      expect((await callRepo(place, 'GET', '/commits?sha=main')).status).toBe(409);
    } finally {
      await place.close();
    }
  });
}
