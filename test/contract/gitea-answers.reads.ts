import { blobId } from '../support/gitea/place.ts';

export interface ReadCase {
  /** `HEAD` stands for the id of the seed's commit, `BRANCH` for the branch. */
  readonly path: string;
  readonly status: number;
  /** What the answer holds, at least. */
  readonly json?: object;
}

const NONE = '0123456789012345678901234567890123456789';
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** On the seed of `giteaAnswers`. */
export const READS: readonly ReadCase[] = [
  { path: '', status: 200, json: { archived: false, empty: false, permissions: { push: true, pull: true } } },
  {
    path: '/branches/BRANCH',
    status: 200,
    json: { protected: false, user_can_push: true },
  },
  { path: '/branches/none', status: 404, json: { errors: null } },
  {
    path: '/contents/a/b.txt?ref=HEAD',
    status: 200,
    json: { type: 'file', path: 'a/b.txt', sha: blobId('hi\n'), encoding: 'base64', content: base64('hi\n') },
  },
  { path: '/contents/a%2Fb.txt?ref=HEAD', status: 200, json: { path: 'a/b.txt' } },
  { path: '/contents/top.txt?ref=BRANCH', status: 200, json: { content: base64('ä\n'), size: 3 } },
  {
    path: '/contents/sp%20%23%3F%25%C3%A4/f%20%2B%26.txt?ref=HEAD',
    status: 200,
    json: { content: base64('x\n'), path: 'sp #?%ä/f +&.txt' },
  },
  {
    path: '/contents/a?ref=HEAD',
    status: 200,
    json: [
      { name: 'b.txt', type: 'file', content: null },
      { name: 'c.txt', type: 'file', sha: blobId('c\n') },
    ],
  },
  {
    path: '/contents?ref=HEAD',
    status: 200,
    json: [
      { name: 'a', type: 'dir', size: 0 },
      { name: 'link', type: 'symlink', target: 'top.txt' },
      { name: 'run.sh' },
      { name: 'sp #?%ä', type: 'dir' },
      { name: 'top.txt' },
    ],
  },
  { path: '/contents/link?ref=HEAD', status: 200, json: { type: 'symlink', content: null } },
  { path: '/contents/none?ref=HEAD', status: 404, json: {} },
  { path: '/contents/top.txt/below?ref=HEAD', status: 404, json: {} },
  { path: '/contents/link/below?ref=HEAD', status: 404, json: {} },
  { path: `/contents/top.txt?ref=${NONE}`, status: 404, json: {} },
  {
    path: '/git/trees/HEAD?recursive=true&page=1&per_page=2',
    status: 200,
    json: {
      tree: [
        { path: 'a', type: 'tree', mode: '040000' },
        { path: 'a/b.txt', type: 'blob', mode: '100644', sha: blobId('hi\n') },
      ],
      truncated: true,
      page: 1,
      total_count: 8,
    },
  },
  {
    path: '/git/trees/HEAD?recursive=true&page=4&per_page=2',
    status: 200,
    json: { tree: [{ path: 'sp #?%ä/f +&.txt' }, { path: 'top.txt' }], truncated: false, page: 4 },
  },
  { path: '/git/trees/HEAD?recursive=true&page=9&per_page=2', status: 200, json: { tree: null } },
  {
    path: '/git/trees/BRANCH',
    status: 200,
    json: { tree: [{ path: 'a' }, { mode: '120000' }, { mode: '100755' }, {}, {}], total_count: 5 },
  },
  {
    path: '/git/trees/HEAD%3Aa?recursive=true',
    status: 200,
    json: { tree: [{ path: 'b.txt' }, { path: 'c.txt' }], truncated: false },
  },
  { path: '/git/trees/HEAD%3Anone', status: 400, json: {} },
  { path: '/git/trees/HEAD%3Atop.txt', status: 400, json: {} },
  { path: '/git/trees/HEAD%3Alink', status: 400, json: {} },
  { path: `/git/trees/${NONE}`, status: 400, json: {} },
  { path: `/git/blobs/${blobId('hi\n')}`, status: 200, json: { content: base64('hi\n'), size: 3 } },
  { path: `/git/blobs/${NONE}`, status: 400, json: {} },
  {
    path: '/git/commits/HEAD?stat=false&verification=false&files=false',
    status: 200,
    json: { commit: { message: 'seed\n', author: { email: 'seed@example.org' } }, parents: [] },
  },
  { path: `/git/commits/${NONE}`, status: 404, json: { errors: null } },
  {
    path: '/commits?sha=HEAD&limit=50&stat=false&verification=false&files=false',
    status: 200,
    json: [{ commit: { author: { name: 'seed', date: '2026-01-01T00:00:00Z' } }, parents: [] }],
  },
  { path: '/commits?sha=HEAD&path=a/b.txt&limit=50&stat=false', status: 200, json: [{}] },
  { path: '/commits?sha=HEAD&path=none&limit=50&stat=false', status: 404, json: {} },
  { path: '/commits?sha=HEAD&path=:(literal)a/b.txt&limit=50&stat=false', status: 200, json: [{}] },
  { path: '/commits?sha=HEAD&path=a/*.txt&limit=50&stat=false', status: 200, json: [{}] },
  { path: '/commits?sha=HEAD&not=HEAD&limit=50&stat=false', status: 200, json: [] },
  { path: '/commits?sha=HEAD&page=9&limit=50&stat=false', status: 200, json: [] },
  { path: `/commits?sha=HEAD&not=${NONE}&limit=50&stat=false`, status: 500, json: {} },
  { path: '/compare/HEAD...HEAD', status: 200, json: { total_commits: 0, commits: [] } },
  { path: '/none', status: 404 },
];
