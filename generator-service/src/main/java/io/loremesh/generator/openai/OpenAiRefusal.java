package io.loremesh.generator.openai;

/** A request that this door does not take as it is. */
final class OpenAiRefusal extends IllegalArgumentException {
    private final int status;
    private final String param;
    private final String code;

    private OpenAiRefusal(int status, String param, String code, String message) {
        super(message);
        this.status = status;
        this.param = param;
        this.code = code;
    }

    /** @param param the field at fault, null where it is the request as a whole */
    static OpenAiRefusal of(String param, String message) {
        return new OpenAiRefusal(400, param, "invalid_argument", message);
    }

    static OpenAiRefusal noSuchModel(String model, Iterable<String> served) {
        return new OpenAiRefusal(
                404,
                "model",
                "model_not_found",
                "The model `%s` does not exist here; there are %s".formatted(model, String.join(", ", served)));
    }

    int status() {
        return status;
    }

    String param() {
        return param;
    }

    String code() {
        return code;
    }
}
