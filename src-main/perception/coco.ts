/** Groups of COCO's 80 classes (indices 0 to 79) that attributes speak of. */

export const personClass = 0;
/** Bicycle, car, motorcycle, bus, train, truck. Aeroplanes and boats are left out: on streets they are mistakes. */
export const vehicleClasses: ReadonlySet<number> = new Set([1, 2, 3, 5, 6, 7]);
/** Bicycle and motorcycle: a person on one belongs to it. */
export const riddenClasses: ReadonlySet<number> = new Set([1, 3]);
/** Bird to giraffe. */
export const animalClasses: ReadonlySet<number> = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 23]);
/** Backpack, handbag, suitcase. */
export const bagClasses: ReadonlySet<number> = new Set([24, 26, 28]);
