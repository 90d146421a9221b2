using System.Globalization;

namespace LocalRetrieval;

/// <summary>An encoder that was told to refuse what it cannot take (<c>OverloadBehavior.Throw</c>) has too much waiting. Try again later, as <c>PassageIndexer</c> does.</summary>
public sealed class EncoderOverloadedException : InvalidOperationException
{
    /// <summary>Makes one without figures.</summary>
    public EncoderOverloadedException()
        : this("The encoder is overloaded.")
    {
    }

    /// <summary>Makes one with a message.</summary>
    /// <param name="message">The message.</param>
    public EncoderOverloadedException(string? message)
        : base(message)
    {
    }

    /// <summary>Makes one with a message and what caused it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public EncoderOverloadedException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes one with figures.</summary>
    /// <param name="modelId">The encoder's model.</param>
    /// <param name="queuedTexts">The number of texts that wait for the encoder or are being run.</param>
    /// <param name="expectedWait">How long they will take; null where that is not known.</param>
    public EncoderOverloadedException(string modelId, int queuedTexts, TimeSpan? expectedWait)
        : base(string.Create(CultureInfo.InvariantCulture, $"The encoder of '{modelId}' is overloaded: {queuedTexts} texts wait{(expectedWait is { } wait ? $", for about {wait.TotalSeconds:0.0} s" : "")}. ") +
            "Try again later, or raise MaxQueuedTexts and MaxQueuedBytes, or set Overload to Wait.")
    {
        QueuedTexts = queuedTexts;
        ExpectedWait = expectedWait;
    }

    /// <summary>The number of texts that wait for the encoder or are being run.</summary>
    public int QueuedTexts { get; }

    /// <summary>How long they will take, by what earlier runs took; null where none was yet.</summary>
    public TimeSpan? ExpectedWait { get; }
}
