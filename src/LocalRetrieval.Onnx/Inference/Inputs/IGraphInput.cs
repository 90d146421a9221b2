namespace LocalRetrieval.Onnx.Inference.Inputs;

/// <summary>Fills one input of a graph for each run.</summary>
internal interface IGraphInput
{
    /// <summary>The input's name in the graph.</summary>
    string Name { get; }

    /// <summary>The tensor of a run; the caller disposes it after the run.</summary>
    FedTensor Feed(TokenBatch batch);
}
