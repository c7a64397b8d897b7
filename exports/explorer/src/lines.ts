// The WebGL program of the edges: straight lines, full, dashed or dotted, some thinning out towards their end.

import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { EdgeProgram, type ProgramInfo } from "sigma/rendering";
import { floatColor } from "sigma/utils";

export interface LineData extends EdgeDisplayData {
  dash: readonly [number, number] | null;
  taper: boolean;
}

const UNIFORMS = ["u_matrix", "u_zoomRatio", "u_sizeRatio", "u_correctionRatio", "u_pixelRatio", "u_feather"] as const;

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_normal;
attribute float a_normalCoef;
attribute vec2 a_positionStart;
attribute vec2 a_positionEnd;
attribute float a_positionCoef;
attribute vec3 a_style;
uniform mat3 u_matrix;
uniform float u_zoomRatio;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
uniform float u_correctionRatio;
uniform float u_feather;
varying vec4 v_color;
varying vec2 v_normal;
varying float v_thickness;
varying float v_feather;
varying float v_along;
varying vec2 v_dash;
const float bias = 255.0 / 254.0;

void main() {
  float thinning = mix(1.0, 1.0 - 0.75 * a_style.z, a_positionCoef);
  vec2 normal = a_normal * a_normalCoef;
  vec2 position = mix(a_positionStart, a_positionEnd, a_positionCoef);
  float unit = length(normal);
  vec2 direction = unit > 0.0 ? normal / unit : vec2(0.0);
  float thickness = max(unit * thinning, 0.5 * u_sizeRatio) * u_correctionRatio / u_sizeRatio;
  gl_Position = vec4((u_matrix * vec3(position + direction * thickness, 1)).xy, 0, 1);
  v_thickness = thickness / u_zoomRatio;
  v_normal = direction;
  v_feather = u_feather * u_correctionRatio / u_zoomRatio / u_pixelRatio * 2.0;
  v_along = distance(a_positionStart, a_positionEnd) * a_positionCoef / (u_correctionRatio * 2.0);
  v_dash = a_style.xy;
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
varying vec2 v_normal;
varying float v_thickness;
varying float v_feather;
varying float v_along;
varying vec2 v_dash;

void main(void) {
  if (v_dash.y > 0.0 && mod(v_along, v_dash.x + v_dash.y) > v_dash.x) discard;
  #ifdef PICKING_MODE
  gl_FragColor = v_color;
  #else
  float distance = length(v_normal) * v_thickness;
  float alpha = v_color.a * (1.0 - smoothstep(v_thickness - v_feather, v_thickness, distance));
  gl_FragColor = vec4(v_color.rgb * alpha, alpha);
  #endif
}`;

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = { FLOAT: 5126, UNSIGNED_BYTE: 5121, TRIANGLES: 4 };

export class LineProgram extends EdgeProgram<(typeof UNIFORMS)[number]> {
  override getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES as 4,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_positionStart", size: 2, type: FLOAT },
        { name: "a_positionEnd", size: 2, type: FLOAT },
        { name: "a_normal", size: 2, type: FLOAT },
        { name: "a_style", size: 3, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [
        { name: "a_positionCoef", size: 1, type: FLOAT },
        { name: "a_normalCoef", size: 1, type: FLOAT },
      ],
      CONSTANT_DATA: [[0, 1], [0, -1], [1, 1], [1, 1], [0, -1], [1, -1]],
    };
  }

  override processVisibleItem(
    edgeIndex: number, startIndex: number, source: NodeDisplayData, target: NodeDisplayData, given: EdgeDisplayData,
  ): void {
    const data = given as LineData;
    const [dx, dy] = [target.x - source.x, target.y - source.y];
    const length = Math.hypot(dx, dy);
    const half = length ? (data.size || 1) / length : 0;
    const [line, gap] = data.dash ?? [0, 0];
    const values = [
      source.x, source.y, target.x, target.y, -dy * half, dx * half,
      line, gap, data.taper ? 1 : 0, floatColor(data.color), edgeIndex,
    ];
    for (let place = 0; place < values.length; place++) this.array[startIndex + place] = values[place];
  }

  override setUniforms(params: RenderParams, { gl, uniformLocations: at }: ProgramInfo): void {
    gl.uniformMatrix3fv(at["u_matrix"], false, params.matrix);
    gl.uniform1f(at["u_zoomRatio"], params.zoomRatio);
    gl.uniform1f(at["u_sizeRatio"], params.sizeRatio);
    gl.uniform1f(at["u_correctionRatio"], params.correctionRatio);
    gl.uniform1f(at["u_pixelRatio"], params.pixelRatio);
    gl.uniform1f(at["u_feather"], params.antiAliasingFeather);
  }
}
