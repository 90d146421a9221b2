namespace LocalRetrieval.Encoders;

/// <summary>A call with what reads its rows.</summary>
internal sealed class ReadingCall<TState>(RunTarget target, TokenizedText[] rows, RunRequest request, TState state, RowReader<TState> read) : QueuedCall(target, rows, request)
{
    public override void Read(int row, ReadOnlySpan<float> output) => read(state, row, output);
}
