package io.loremesh.generator.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An ONNX graph under construction (<a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>,
 * whose field numbers stand below). Weights are declared here and live outside, so that the graph itself stays a few
 * kilobytes.
 */
final class OnnxGraph {
    static final String MICROSOFT = "com.microsoft";

    private static final int IR_VERSION = 10;
    private static final int OPSET = 21;

    private final ProtoWriter graph = new ProtoWriter().text(2, "decoder");
    private int nodes;

    enum Type {
        FLOAT(1),
        INT32(6),
        INT64(7);

        private final int code;

        Type(int code) {
            this.code = code;
        }
    }

    /** An attribute of a node: an integer or a real number. */
    record Attribute(String name, Number value) {}

    static Attribute attribute(String name, Number value) {
        return new Attribute(name, value);
    }

    /** @param dims each a number, or a name for a size that may change from run to run */
    void input(String name, Type type, Object... dims) {
        graph.message(11, valueInfo(name, type, dims));
    }

    void output(String name, Type type, Object... dims) {
        graph.message(12, valueInfo(name, type, dims));
    }

    /** A float tensor whose values are handed to the session beside the graph. */
    void weight(String name, long... dims) {
        graph.message(
                5,
                tensor(name, Type.FLOAT, dims)
                        .message(13, new ProtoWriter().text(1, "location").text(2, "weights"))
                        .integer(14, 1));
    }

    /** A small constant of 64-bit integers, of one dimension. */
    String constant(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        graph.message(5, tensor(name, Type.INT64, values.length).bytes(9, raw.array()));
        return name;
    }

    /** Adds a node with one output, which is named after its operator and returned. */
    String node(String domain, String operator, List<String> inputs, Attribute... attributes) {
        String output = operator + "_" + nodes;
        node(domain, operator, inputs, List.of(output), attributes);
        return output;
    }

    void node(String domain, String operator, List<String> inputs, List<String> outputs, Attribute... attributes) {
        ProtoWriter node = new ProtoWriter();
        inputs.forEach(name -> node.text(1, name));
        outputs.forEach(name -> node.text(2, name));
        node.text(3, operator + "_" + nodes++).text(4, operator).text(7, domain);
        for (Attribute attribute : attributes) {
            node.message(5, encode(attribute));
        }
        graph.message(1, node);
    }

    byte[] toModel() {
        return new ProtoWriter()
                .integer(1, IR_VERSION)
                .text(2, "loremesh")
                .message(7, graph)
                .message(8, new ProtoWriter().text(1, "").integer(2, OPSET))
                .message(8, new ProtoWriter().text(1, MICROSOFT).integer(2, 1))
                .toBytes();
    }

    private static ProtoWriter encode(Attribute attribute) {
        ProtoWriter writer = new ProtoWriter().text(1, attribute.name());
        if (attribute.value() instanceof Float real) {
            return writer.real(2, real).integer(20, 1);
        }
        return writer.integer(3, attribute.value().longValue()).integer(20, 2);
    }

    private static ProtoWriter tensor(String name, Type type, long... dims) {
        ProtoWriter tensor = new ProtoWriter();
        for (long dim : dims) {
            tensor.integer(1, dim);
        }
        return tensor.integer(2, type.code).text(8, name);
    }

    private static ProtoWriter valueInfo(String name, Type type, Object... dims) {
        ProtoWriter shape = new ProtoWriter();
        for (Object dim : dims) {
            shape.message(
                    1,
                    dim instanceof Number size
                            ? new ProtoWriter().integer(1, size.longValue())
                            : new ProtoWriter().text(2, dim.toString()));
        }
        ProtoWriter tensorType = new ProtoWriter().integer(1, type.code).message(2, shape);
        return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensorType));
    }
}
