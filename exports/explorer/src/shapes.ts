// The WebGL program of the nodes: circles, regular polygons and a plus, full or hollow, with a thin rim.

import type { RenderParams, NodeDisplayData } from "sigma/types";
import { NodeProgram, type ProgramInfo } from "sigma/rendering";
import { floatColor } from "sigma/utils";

export interface ShapeData extends NodeDisplayData {
  corners: number;
  turn: number;
  scale: number;
  hollow: number;
  /** The colour of the rim and of the inside of hollow nodes. */
  rim: string;
}

const UNIFORMS = ["u_sizeRatio", "u_correctionRatio", "u_matrix"] as const;

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_rim;
attribute vec2 a_position;
attribute float a_size;
attribute float a_angle;
attribute vec4 a_shape;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec4 v_rim;
varying vec2 v_place;
varying float v_pixel;
varying vec4 v_shape;
const float bias = 255.0 / 254.0;
const float room = 1.6;

void main() {
  float reach = a_size * u_correctionRatio / u_sizeRatio * 2.0;
  vec2 corner = 2.0 * room * vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + corner * reach, 1)).xy, 0, 1);
  v_place = corner;
  v_pixel = u_correctionRatio * 2.0 / reach;
  v_shape = a_shape;
  v_rim = a_rim;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec4 v_rim;
varying vec2 v_place;
varying float v_pixel;
varying vec4 v_shape;

float away(vec2 place, float corners, float turn) {
  if (corners > -0.5 && corners < 0.5) return length(place);
  vec2 side = abs(place);
  if (corners < 0.0) return max(max(side.x, side.y), min(side.x, side.y) / 0.4);
  float part = 6.2831853 / corners;
  float angle = atan(place.x, place.y) - turn;
  return cos(angle - part * (floor(angle / part) + 0.5)) * length(place) / cos(part / 2.0);
}

void main(void) {
  float distance = (away(v_place / v_shape.z, v_shape.x, v_shape.y) - 1.0) * v_shape.z;
  #ifdef PICKING_MODE
  gl_FragColor = distance > 2.0 * v_pixel ? vec4(0.0) : v_color;
  #else
  float soft = v_pixel;
  float inside = 1.0 - smoothstep(-soft, 0.0, distance);
  float rim = 1.0 - smoothstep(soft * 0.8, soft * 1.8, distance);
  float core = v_shape.w * (1.0 - smoothstep(-0.5 - soft, -0.5, distance));
  vec4 filled = mix(v_color, v_rim, core);
  vec4 shown = mix(v_rim, filled, inside);
  float alpha = rim * shown.a;
  gl_FragColor = vec4(shown.rgb * alpha, alpha);
  #endif
}`;

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = { FLOAT: 5126, UNSIGNED_BYTE: 5121, TRIANGLES: 4 };

export class ShapeProgram extends NodeProgram<(typeof UNIFORMS)[number]> {
  override getDefinition() {
    return {
      VERTICES: 3,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES as 4,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_rim", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_shape", size: 4, type: FLOAT },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_angle", size: 1, type: FLOAT }],
      CONSTANT_DATA: [[0], [(2 * Math.PI) / 3], [(4 * Math.PI) / 3]],
    };
  }

  override processVisibleItem(nodeIndex: number, startIndex: number, given: NodeDisplayData): void {
    const data = given as ShapeData;
    const values = [
      data.x, data.y, data.size, floatColor(data.color), floatColor(data.rim),
      data.corners, data.turn, data.scale, data.hollow, nodeIndex,
    ];
    for (let place = 0; place < values.length; place++) this.array[startIndex + place] = values[place];
  }

  override setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniform1f(uniformLocations["u_correctionRatio"], params.correctionRatio);
    gl.uniform1f(uniformLocations["u_sizeRatio"], params.sizeRatio);
    gl.uniformMatrix3fv(uniformLocations["u_matrix"], false, params.matrix);
  }
}
