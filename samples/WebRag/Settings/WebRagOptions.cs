using System.ComponentModel.DataAnnotations;

namespace WebRag.Settings;

/// <summary>The settings of the section WebRag: what is served, and how much of it one visitor may use.</summary>
internal sealed class WebRagOptions
{
    public const string Section = "WebRag";

    /// <summary>The folder that everybody may search; null for the corpus of the sample.</summary>
    public string? Folder { get; set; }

    /// <summary>The folder that the index is kept in, so that another start embeds only what has changed; null for memory.</summary>
    public string? Index { get; set; }

    /// <summary>Questions that are offered to whoever has asked none yet; null for those of the sample's corpus, and none for another folder.</summary>
    public IList<string>? Examples { get; set; }

    /// <summary>How probable it must be that a passage answers, so that it is said to: 0 to 1. It depends on the documents; see CORPUS.md.</summary>
    [Range(0, 1)]
    public double MinimumRelevance { get; set; } = 0.008;

    /// <summary>How many passages a search returns.</summary>
    [Range(1, 50)]
    public int Hits { get; set; } = 8;

    /// <summary>The longest question, in UTF-16 units.</summary>
    [Range(1, 100_000)]
    public int MaxQuestionLength { get; set; } = 500;

    /// <summary>The largest file, in bytes.</summary>
    [Range(1, 1L << 30)]
    public long MaxUploadBytes { get; set; } = 20 << 20;

    /// <summary>How many files a visitor may have.</summary>
    [Range(1, 1_000)]
    public int MaxUploads { get; set; } = 20;

    /// <summary>How many bytes all files of a visitor may have.</summary>
    [Range(1, 1L << 32)]
    public long MaxUploadedBytes { get; set; } = 60 << 20;

    /// <summary>How many bytes the files of all visitors may have that are being received, or wait to be read.</summary>
    [Range(1, 1L << 40)]
    public long MaxWaitingBytes { get; set; } = 512 << 20;

    /// <summary>How many files of all visitors are read at once; the others wait.</summary>
    [Range(1, 64)]
    public int ConcurrentUploads { get; set; } = 2;

    /// <summary>How long a visitor may be away until the session and its files are forgotten.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan SessionIdle { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How many sessions there may be; a new visitor then takes the place of the one that was away longest, if it has no files.</summary>
    [Range(1, 1_000_000)]
    public int MaxSessions { get; set; } = 10_000;

    /// <summary>How many conversations a visitor may have; the oldest are forgotten.</summary>
    [Range(1, 1_000)]
    public int MaxConversations { get; set; } = 20;

    /// <summary>How many questions of a conversation are kept, with their answers; the oldest are forgotten.</summary>
    [Range(1, 1_000)]
    public int MaxTurns { get; set; } = 30;

    /// <summary>The longest answer, in UTF-16 units; a longer one ends there.</summary>
    [Range(1, 10_000_000)]
    public int MaxAnswerLength { get; set; } = 100_000;

    /// <summary>Searches a second that a visitor may make while typing; ten times as many at once.</summary>
    [Range(1, 10_000)]
    public int SearchesPerSecond { get; set; } = 10;

    /// <summary>Reranked searches and answers a minute that a visitor may ask for.</summary>
    [Range(1, 100_000)]
    public int QuestionsPerMinute { get; set; } = 60;

    /// <summary>Reranked searches and answers of one visitor that run at once; four more wait.</summary>
    [Range(1, 1_000)]
    public int ConcurrentQuestions { get; set; } = 2;

    /// <summary>Files a minute that a visitor may send.</summary>
    [Range(1, 100_000)]
    public int UploadsPerMinute { get; set; } = 30;
}
