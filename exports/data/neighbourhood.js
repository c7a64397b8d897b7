"use strict";
const { nodes, edges, options } = JSON.parse(document.getElementById("data").textContent);
const container = document.getElementById("network");
const shown = { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) };
window.network = new vis.Network(container, shown, options);
