// Modules that come without types of their own.

declare module "@openpgp/seek-bzip" {
  export function decode(packed: Uint8Array): Uint8Array<ArrayBuffer>;
}
