import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { GIT_ENV, type GitObjects } from './objects.ts';

const run = promisify(execFile);

/** The one repo that a stand-in keeps, and how it is set up. */
export interface RepoState {
  readonly owner: string;
  readonly repo: string;
  readonly dir: string;
  readonly defaultBranch: string;
  readonly objects: GitObjects;
  readonly tokens: Tokens;
  archived: boolean;
  /** Branches that nobody may push to. */
  readonly protectedBranches: Set<string>;
  /** Paths that a write is refused for, as a branch protection's file patterns do. */
  readonly protectedFiles: Set<string>;
  /** Branches whose ref a request is moving right now: a second one loses the race. */
  readonly moving: Set<string>;
  /** Lost races so far: the answers to them take turns. */
  lostRaces: number;
}

export interface Tokens {
  /** Of the bot, with `write:repository`. */
  readonly bot: string;
  /** Of the bot, with `read:repository` only: `permissions` and `user_can_push` look as the bot's. */
  readonly readScope: string;
  /** Of a collaborator who may read. */
  readonly reader: string;
  /** Of a user who may not see the repo. */
  readonly outsider: string;
}

export async function git(dir: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', dir, ...args], { env: GIT_ENV, maxBuffer: 64 * 2 ** 20 });
  return stdout;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
}

export interface Person {
  readonly name: string;
  readonly email: string;
  /** RFC 3339. */
  readonly date: string;
}

/** The commit that a branch, tag or id names. */
export async function readCommit(objects: GitObjects, revision: string): Promise<Commit | undefined> {
  if (revision === '' || revision.startsWith('-')) return undefined;
  const object = await objects.read(`${revision}^{commit}`);
  if (object?.type !== 'commit') return undefined;
  const text = object.data.toString('utf8');
  const end = text.indexOf('\n\n');
  const headers = text
    .slice(0, end)
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const);
  const header = (key: string) => headers.find(([name]) => name === key)?.[1] ?? '';
  return {
    sha: object.sha,
    tree: header('tree'),
    parents: headers.filter(([name]) => name === 'parent').map(([, value]) => value),
    author: parsePerson(header('author')),
    committer: parsePerson(header('committer')),
    message: text.slice(end + 2),
  };
}

function parsePerson(line: string): Person {
  const [, name = '', email = '', seconds = '0'] = /^(.*?) ?<(.*)> (\d+) [+-]\d{4}$/.exec(line) ?? [];
  return { name, email, date: new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z') };
}

export async function writeCommit(objects: GitObjects, commit: Omit<Commit, 'sha'>): Promise<string> {
  const person = ({ name, email, date }: Person) =>
    `${name.replace(/[<>\n]/g, '')} <${email.replace(/[<>\n]/g, '')}> ${Math.floor(Date.parse(date) / 1000)} +0000`;
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${person(commit.author)}`,
    `committer ${person(commit.committer)}`,
    '',
    commit.message,
  ];
  return objects.write('commit', Buffer.from(lines.join('\n')));
}
