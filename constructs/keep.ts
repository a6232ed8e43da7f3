import { shared } from '../src/model/shared.ts';

/** Annotations of an object that a file's removal by accident must not remove from the cluster. */
export const KEEP: Readonly<Record<string, string>> = shared({
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
});

/** `KEEP`, or nothing for what is on its way out: the live object's annotation decides, so it goes a commit before. */
export function keepUnless(retired: boolean): Readonly<Record<string, string>> {
  return retired ? {} : KEEP;
}
