import { blobId } from '../support/gitea/place.ts';

export interface WriteCase {
  readonly name: string;
  readonly status: number;
  readonly files?: readonly object[];
  readonly branch?: string;
  /** The whole body instead. */
  readonly raw?: string;
}

const content = Buffer.from('new\n').toString('base64');
const OTHER = blobId('something else');
const create = (path: string) => ({ operation: 'create', path, content });
const update = (path: string, sha: string) => ({ operation: 'update', path, content, sha });
const remove = (path: string, sha: string) => ({ operation: 'delete', path, sha });

/** One after another on the seed of `giteaAnswers`; what lands stays out of the way of the others. */
export const WRITES: readonly WriteCase[] = [
  { name: 'a create', status: 201, files: [create('made/one.txt')] },
  { name: 'a create of what exists', status: 422, files: [create('a/b.txt')] },
  { name: 'a create below a file', status: 422, files: [create('a/b.txt/c')] },
  { name: 'a create at a folder', status: 422, files: [create('a')] },
  { name: 'a create at a link', status: 422, files: [create('link')] },
  { name: 'a create below a link', status: 422, files: [create('link/c')] },
  { name: 'two creates of one path', status: 422, files: [create('twice'), create('twice')] },
  { name: 'an update on another blob', status: 422, files: [update('a/b.txt', OTHER)] },
  { name: 'an update of nothing', status: 404, files: [update('none', OTHER)] },
  { name: 'an update of a link', status: 422, files: [update('link', blobId('top.txt'))] },
  {
    name: 'an update without a blob',
    status: 201,
    files: [{ operation: 'update', path: 'a/c.txt', content }],
  },
  { name: 'a delete on another blob', status: 422, files: [remove('a/b.txt', OTHER)] },
  { name: 'a delete of nothing', status: 404, files: [remove('none', OTHER)] },
  {
    name: 'a folder in the place of a file',
    status: 422,
    files: [remove('a/b.txt', blobId('hi\n')), create('a/b.txt/c')],
  },
  { name: 'one good file and one bad', status: 422, files: [create('half.txt'), create('a/b.txt')] },
  { name: 'a path that leads out', status: 500, files: [create('../x')] },
  { name: 'a path that leads back in', status: 201, files: [create('a/../tidied.txt')] },
  { name: 'an absolute path', status: 500, files: [create('/x')] },
  { name: 'a path with a dash first', status: 500, files: [create('-x')] },
  { name: 'a dash within the path', status: 201, files: [create('made/-x')] },
  { name: 'a path into .git', status: 422, files: [create('a/.git/config')] },
  { name: 'a path into .GIT', status: 422, files: [create('a/.GIT/config')] },
  { name: 'an empty path', status: 422, files: [create('')] },
  { name: 'a path of 501 characters', status: 422, files: [create('p'.repeat(501))] },
  { name: 'text that is no base64', status: 422, files: [{ ...create('b64'), content: '%%%' }] },
  { name: 'an unknown operation', status: 500, files: [{ ...create('op'), operation: 'frob' }] },
  { name: 'an empty file', status: 201, files: [{ ...create('made/empty'), content: '' }] },
  { name: 'no files', status: 201, files: [] },
  { name: 'a missing branch', status: 404, branch: 'none', files: [create('x')] },
  { name: 'a body that is no JSON', status: 422, raw: '{' },
];
