namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>What notes are made anew by.</summary>
internal static class Rebuilds
{
    /// <summary>Has notes made anew by code of the test.</summary>
    public static RecordRebuild<Note> By(
        EncoderInfo? encoder,
        Func<IReadOnlyList<Note>, Task> remake,
        Func<Note, bool>? isRemade = null,
        int batchSize = 64,
        IProgress<RebuildProgress>? progress = null) => new()
        {
            Remake = (notes, _) => remake(notes),
            InputOf = static note => note.Text ?? "",
            IsRemade = isRemade,
            Encoder = encoder,
            BatchSize = batchSize,
            Progress = progress,
        };

    /// <summary>Gives each note the same vector.</summary>
    public static RecordRebuild<Note> To(EncoderInfo? encoder, params float[] vector) => By(encoder, notes => SetAsync(notes, vector));

    public static Task SetAsync(IReadOnlyList<Note> notes, params float[] vector)
    {
        foreach (Note note in notes)
        {
            note.Vector = vector;
        }

        return Task.CompletedTask;
    }
}
