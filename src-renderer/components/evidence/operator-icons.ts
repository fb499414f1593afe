/** The icon of each operator of a path. */
import { Brain, Eye, Flag, Rewind, UnfoldHorizontal, ZoomIn } from '@lucide/vue';
import type { Component } from 'vue';
import type { PathStep } from './path-steps.ts';

export const operatorIcons: Readonly<Record<PathStep['operator'], Component>> = {
  LOOK: Eye,
  THINK: Brain,
  BACKTRACK: Rewind,
  EXPAND: UnfoldHorizontal,
  SAMPLE: ZoomIn,
  FINAL: Flag,
};
