/// The capture templates that come with the program, by file name.
public enum EmbeddedTemplates {
  public static var snippet: [UInt8] { PackageResources.snippet_md }
}
