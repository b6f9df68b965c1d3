import type { NodeHoverDrawingFunction, NodeLabelDrawingFunction } from 'sigma/rendering';
import type { GraphPalette } from './palette.ts';

const fontSize = 12;

/** Draws a node's label to its right, with a halo so that edges do not cross it out. */
export function labelDrawing(palette: GraphPalette): NodeLabelDrawingFunction {
  return (context, data) => {
    if (typeof data.label !== 'string' || data.label === '') return;
    context.font = `${fontSize}px ${palette.font}`;
    context.lineWidth = 3;
    context.lineJoin = 'round';
    context.strokeStyle = palette.surface;
    context.fillStyle = palette.text;
    const centred = data.size > 26;
    const width = context.measureText(data.label).width;
    const x = centred ? data.x - width / 2 : data.x + data.size + 4;
    const y = data.y + fontSize / 3;
    context.strokeText(data.label, x, y);
    context.fillText(data.label, x, y);
  };
}

/** Draws the label of the node under the pointer in a box. */
export function hoverDrawing(palette: GraphPalette): NodeHoverDrawingFunction {
  return (context, data) => {
    const text: unknown = data['fullLabel'];
    if (typeof text !== 'string' || text === '') return;
    context.font = `${fontSize}px ${palette.font}`;
    const width = context.measureText(text).width;
    const x = data.x + Math.min(data.size, 26) + 4;
    const y = data.y - 11;
    context.fillStyle = palette.surface;
    context.strokeStyle = palette.edgeStrong;
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(x, y, width + 12, 22, 4);
    context.fill();
    context.stroke();
    context.fillStyle = palette.text;
    context.fillText(text, x + 6, data.y + fontSize / 3);
  };
}
