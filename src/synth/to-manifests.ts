import { ApiObject, App, Chart, type IResolver } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { Manifest } from '../model/manifest.ts';

/** An empty chart of its own App: one App for all tools takes more than quadratic time. */
export function newChart(): Chart {
  const app = new App();
  app.resolvers.splice(0, app.resolvers.length, UNIONS);
  return new Chart(app, 'tool', { disableResourceNameHashes: true });
}

/**
 * Our constructs hold no lazy values and no tokens, so of cdk8s' resolvers, which see each value of each object, only
 * the one for numbers or strings is needed.
 */
const UNIONS: IResolver = {
  resolve(context) {
    const { value } = context;
    if (value instanceof k8s.Quantity || value instanceof k8s.IntOrString) {
      context.replaceValue({ value: value.value });
    }
  },
};

/** The objects below a construct, in the order they were made. */
export function toManifests(scope: Construct): readonly Manifest[] {
  return scope.node.findAll().flatMap((node) => (ApiObject.isApiObject(node) ? [node.toJson()] : []));
}
