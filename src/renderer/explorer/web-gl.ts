/** Whether this page can draw with WebGL 2, which the graph needs. */
export function hasWebGl(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  if (context === null) return false;
  // A page may hold only a few contexts at once; this one was only a question.
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return true;
}
