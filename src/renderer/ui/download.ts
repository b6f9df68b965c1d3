/** Offers a text as a file to keep. */
export function downloadText(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by the next turn; until then the address must live.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
