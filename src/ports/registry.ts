import type { ImageRef } from '../model/image-ref.ts';

/** The image registry, as far as deploying needs it. */
export interface Registry {
  /**
   * The digest that a reference has now: of its tag (`latest` without one), or its own digest once the registry has
   * confirmed that it exists. Throws `image-gone` when there is no such image, `permission`, `registry-failed`.
   */
  resolve(image: ImageRef): Promise<string>;
}
