using System.Text;
using Orleans.Storage;

namespace JikoXpress.Silo.Storage;

/// <summary>The bytes that the storage provider writes (a commit's document) and reads (a state's JSON).</summary>
internal sealed class GrainDocument
{
    public byte[] Bytes { get; init; } = [];

    public string Text => Encoding.UTF8.GetString(Bytes);
}

/// <summary>Documents and states are bytes already, so nothing is converted.</summary>
internal sealed class GrainDocumentSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => input is GrainDocument document
        ? new BinaryData(document.Bytes)
        : throw new ArgumentException("Only documents can be stored.", nameof(input));

    public T Deserialize<T>(BinaryData input) =>
        (T)(object)new GrainDocument { Bytes = input.ToArray() };
}
