namespace LocalRetrieval.Onnx;

/// <summary>Options of an <see cref="OnnxTextReranker"/>. They are read once, when the model is loaded.</summary>
public class OnnxTextRerankerOptions : OnnxEncoderOptions;
