/** What one item of a PATCH can do to a row. */
export const PATCH_TYPES = ['create', 'update', 'delete', 'attach', 'detach'] as const;
export type PatchType = (typeof PATCH_TYPES)[number];
