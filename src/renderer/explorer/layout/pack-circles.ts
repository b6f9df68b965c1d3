export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PackedCircles {
  /** Centres in the order of the radii given, around (0, 0). */
  readonly centres: readonly Point[];
  /** Radius of the circle around all of them. */
  readonly radius: number;
}

/** The angle by which leaves follow one another on a stem; it spreads points evenly over a disc. */
const goldenAngle = Math.PI * (3 - Math.sqrt(5));

/**
 * Packs circles around a point without overlap: largest first, each at the first free place on a widening spiral.
 * Deterministic; meant for some dozens of circles (the work grows with the square of their number).
 */
export function packCircles(radii: readonly number[]): PackedCircles {
  const order = radii.map((radius, index) => ({ radius, index })).toSorted((one, other) => other.radius - one.radius);
  const placed: { x: number; y: number; radius: number }[] = [];
  const centres: Point[] = Array.from({ length: radii.length }, () => ({ x: 0, y: 0 }));
  let extent = 0;
  for (const { radius, index } of order) {
    const centre = placed.length === 0 ? { x: 0, y: 0 } : freePlace(placed, radius);
    placed.push({ ...centre, radius });
    centres[index] = centre;
    extent = Math.max(extent, Math.hypot(centre.x, centre.y) + radius);
  }
  return { centres, radius: extent };
}

function freePlace(placed: readonly { x: number; y: number; radius: number }[], radius: number): Point {
  const step = Math.max(radius * 0.35, 0.2);
  for (let turn = 1; ; turn += 1) {
    const distance = step * Math.sqrt(turn);
    const angle = turn * goldenAngle;
    const x = distance * Math.cos(angle);
    const y = distance * Math.sin(angle);
    if (placed.every((other) => Math.hypot(other.x - x, other.y - y) >= other.radius + radius)) return { x, y };
  }
}

/** Points spread evenly over a disc around (0, 0), one unit of area each. */
export function discPoints(count: number, spacing: number): readonly Point[] {
  return Array.from({ length: count }, (_, index) => {
    const distance = spacing * Math.sqrt(index + 0.5);
    return { x: distance * Math.cos(index * goldenAngle), y: distance * Math.sin(index * goldenAngle) };
  });
}
