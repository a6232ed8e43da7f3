/** Paths of files in the config repo: relative, with `/`. */

const PATH_MAX = 500;
/** What nearly all paths are made of, and nothing else needs to be looked for in. */
const ORDINARY = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;
/** Written as git's own are: `.git`, and what Windows and macOS take for it. */
const GIT_FOLDER = /^(?:\.git|git~\d+)[ .]*(?::.*)?$/i;
/** Characters that macOS leaves out of file names: `.g\u200cit` is `.git` there. */
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** Half a surrogate pair has no UTF-8 form. */
const HALF_CHARACTER = /\p{Cs}/u;

/** Whether a path may be written: no way out of the repo, into `.git`, or around a line's end. */
export function isRepoPath(path: string): boolean {
  if (ORDINARY.test(path)) return path.length <= PATH_MAX;
  if (path === '' || HALF_CHARACTER.test(path) || path.length > PATH_MAX || hasControl(path)) return false;
  return path.split('/').every(isSegment);
}

function isSegment(segment: string): boolean {
  if (segment === '' || segment === '.' || segment === '..' || segment.includes('\\')) return false;
  return !GIT_FOLDER.test(segment.replace(IGNORED, ''));
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}
