/** Offers a text as a file to keep. */
export function downloadText(name: string, type: string, text: string): void {
  downloadBlob(name, new Blob([text], { type }));
}

/** Offers pieces of a file as one file to keep. */
export function downloadParts(name: string, parts: readonly Blob[]): void {
  downloadBlob(name, new Blob([...parts], { type: 'application/octet-stream' }));
}

function downloadBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by the next turn; until then the address must live.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
