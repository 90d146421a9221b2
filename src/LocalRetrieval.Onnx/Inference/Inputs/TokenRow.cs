namespace LocalRetrieval.Onnx.Inference.Inputs;

/// <summary>Writes one text's row of an input: a value for each of its tokens, then padding.</summary>
/// <param name="text">The text.</param>
/// <param name="row">Where the row goes; its length is the padded one.</param>
internal delegate void TokenRow(TokenizedText text, Span<int> row);
