namespace LocalRetrieval.Onnx;

/// <summary>
/// Options of an <see cref="OnnxMultiVectorEmbeddingGenerator"/> and an <see cref="OnnxLateInteractionReranker"/>. They are read once, when the
/// model is loaded. <see cref="OnnxEncoderOptions.MaxTokens"/> is that of documents; queries have a length of their own in the model's files.
/// </summary>
public class OnnxMultiVectorEmbeddingGeneratorOptions : OnnxEncoderOptions;
