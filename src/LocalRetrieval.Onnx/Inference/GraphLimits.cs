using LocalRetrieval.Onnx.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Inference;

/// <summary>Holds what the files beside a graph will feed it against what it has vectors for: token ids, type ids and positions.</summary>
/// <remarks>
/// Ids are tried by a run of one token, whatever the graph makes of them; so are positions where the graph asks for them. Where it counts
/// them itself, the table's shape tells; a graph without a table of that name is taken as it is.
/// </remarks>
internal static class GraphLimits
{
    /// <param name="graphPath">The graph's file.</param>
    /// <param name="settings">What the files beside it say.</param>
    /// <param name="run">Runs the graph for one token with an id, a type id and a position.</param>
    /// <exception cref="InvalidDataException">The graph cannot read what it will be fed.</exception>
    public static void Check(string graphPath, OnnxBackendSettings settings, Action<int, int, int> run)
    {
        int lastPosition = settings.FirstPosition + settings.MaxTokens - 1;
        if (PositionRows.Find(graphPath) is { } rows && lastPosition >= rows)
        {
            throw new InvalidDataException(
                $"{graphPath} has vectors for {rows} positions{(settings.FirstPosition > 0 ? $", of which a text's first token has that of number {settings.FirstPosition}" : "")}, " +
                $"but the files beside it, or the options, let a text have {settings.MaxTokens} tokens. " +
                $"Set MaxTokens to {rows - settings.FirstPosition} or less, or take the graph and {settings.Config?.File ?? "config.json"} from one model.");
        }

        if (Failure(run, settings.MaxTokenId, settings.MaxTypeId, lastPosition) is null || Failure(run, settings.PadTokenId, 0, settings.FirstPosition) is not null)
        {
            return;
        }

        Refuse(Failure(run, settings.MaxTokenId, 0, settings.FirstPosition), graphPath,
            $"the token id {settings.MaxTokenId}, the highest of the tokenizer beside it", "Take the graph and the tokenizer from one model.");
        Refuse(Failure(run, settings.PadTokenId, settings.MaxTypeId, settings.FirstPosition), graphPath,
            $"the type id {settings.MaxTypeId}, which the tokenizer beside it gives", "Set type_vocab_size to 1 in config.json where the model does not tell the texts of a pair apart, or take the tokenizer from the same model.");
        Refuse(Failure(run, settings.PadTokenId, 0, lastPosition), graphPath,
            $"the position {lastPosition}, the last of a text of {settings.MaxTokens} tokens", "Set MaxTokens to less, or take the graph and config.json from one model.");
    }

    private static OnnxRuntimeException? Failure(Action<int, int, int> run, int id, int typeId, int position)
    {
        try
        {
            run(id, typeId, position);
            return null;
        }
        catch (OnnxRuntimeException exception)
        {
            return exception;
        }
    }

    private static void Refuse(OnnxRuntimeException? failure, string graphPath, string what, string fix)
    {
        if (failure is not null)
        {
            throw new InvalidDataException($"{graphPath} cannot read {what}. {fix} ONNX Runtime says: {failure.Message}", failure);
        }
    }
}
